"""Look codes up in pydicom's dictionary, which is generated from PS3.16.

Usage: check_codes.py CODES: CODES is a JSON list of [scheme, value, meaning]. Prints how many were found; exits with 1 and names those that no
context group has, or has under another meaning.
"""

import json
import sys

from pydicom.sr._concepts_dict import concepts

known = {}
for scheme, keywords in concepts.items():
    for codes in keywords.values():
        for value, (meaning, groups) in codes.items():
            if groups:
                known.setdefault((scheme, value), set()).add(meaning.lower())

with open(sys.argv[1]) as file:
    codes = json.load(file)
wrong = [code for code in codes if code[2].lower() not in known.get((code[0], code[1]), ())]
if wrong:
    sys.exit(f"not in PS3.16: {wrong}")
print(f"{len(codes)} codes found")
