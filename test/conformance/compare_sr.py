"""Compare the measurements of an SR, as highdicom reads them, with those that were written.

Usage: compare_sr.py SR EXPECTED: EXPECTED is a JSON with branches (tracking UID, SEG, segment, numbers by code and
derivation, centerline) and the numbers and verdict of the quality control. Prints how much was compared, and exits
with 1 where highdicom disagrees.
"""

import json
import sys

import highdicom as hd
import numpy as np

sr_file, expected_file = sys.argv[1:]
with open(expected_file) as file:
    expected = json.load(file)


def numbers(group):
    """Measured values by code, and derivation where there is one."""
    found = {}
    for measurement in group.get_measurements():
        derivation = measurement.derivation
        key = measurement.name.value + (f"/{derivation.value}" if derivation else "")
        found[key] = [measurement.value, measurement.unit.value]
    return found


def centerline(group):
    """Points of the item that CID 219 calls a centerline."""
    (item,) = [
        item
        for item in group[0].ContentSequence
        if item.ValueType == "SCOORD3D" and item.name.value == "130490"
    ]
    return item.value.reshape(-1)


report = hd.sr.srread(sr_file)
assert isinstance(report, hd.sr.Comprehensive3DSR), "highdicom takes it for another document"
groups = {
    group.tracking_uid: group for group in report.content.get_volumetric_roi_measurement_groups()
}
assert len(groups) == len(expected["branches"]), f"{len(groups)} groups of TID 1411"
compared = 0
for branch in expected["branches"]:
    group = groups[branch["tracking"]["uid"]]
    segment = group.referenced_segment[0].ReferencedSOPSequence[0]
    assert group.tracking_identifier == branch["tracking"]["id"]
    assert segment.ReferencedSOPInstanceUID == branch["seg"]["sopInstanceUID"]
    assert segment.ReferencedSegmentNumber == branch["segment"]
    assert group.finding_type.value == branch["finding"]["value"]
    assert numbers(group) == branch["numbers"], f"{numbers(group)} for {branch['numbers']}"
    assert np.array_equal(centerline(group), np.array(branch["centerline"], np.float32))
    compared += len(branch["numbers"])

(qc,) = report.content.get_image_measurement_groups()
assert numbers(qc) == expected["qc"]["numbers"], f"{numbers(qc)} of the quality control"
(verdict,) = [item.value.value for item in qc.get_qualitative_evaluations()]
assert verdict == expected["qc"]["verdict"], verdict
print(f"{len(groups)} branches, {compared + len(numbers(qc))} numbers equal")
