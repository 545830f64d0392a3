const ESC = 0x1b;

/** Encodings of single character sets (PS3.3 C.12.1.1.2), as the Encoding standard names them. */
const ENCODING: Readonly<Record<string, string>> = Object.freeze({
  '6': 'utf-8',
  '13': 'shift_jis',
  '58': 'gbk',
  '87': 'euc-jp',
  '100': 'iso-8859-1',
  '101': 'iso-8859-2',
  '109': 'iso-8859-3',
  '110': 'iso-8859-4',
  '126': 'iso-8859-7',
  '127': 'iso-8859-6',
  '138': 'iso-8859-8',
  '144': 'iso-8859-5',
  '148': 'iso-8859-9',
  '149': 'euc-kr',
  '159': 'euc-jp',
  '166': 'windows-874',
  '192': 'utf-8',
  '203': 'iso-8859-15',
  GB18030: 'gb18030',
  GBK: 'gbk',
});

/** How the bytes after an escape sequence are read: with which encoding, and whether as Japanese pairs of 7 bits. */
interface Shift {
  readonly encoding?: string;
  readonly pairs?: 'JIS X 0208' | 'JIS X 0212' | 'none';
}

/** Escape sequences (PS3.3 tables C.12-3 and C.12-4), without the escape. */
const SHIFTS: Readonly<Record<string, Shift>> = Object.freeze({
  '(B': { pairs: 'none' },
  '(J': { pairs: 'none' },
  ')I': { encoding: 'shift_jis' },
  '-A': { encoding: 'iso-8859-1' },
  '-B': { encoding: 'iso-8859-2' },
  '-C': { encoding: 'iso-8859-3' },
  '-D': { encoding: 'iso-8859-4' },
  '-F': { encoding: 'iso-8859-7' },
  '-G': { encoding: 'iso-8859-6' },
  '-H': { encoding: 'iso-8859-8' },
  '-L': { encoding: 'iso-8859-5' },
  '-M': { encoding: 'iso-8859-9' },
  '-T': { encoding: 'windows-874' },
  '-b': { encoding: 'iso-8859-15' },
  $B: { pairs: 'JIS X 0208' },
  '$(D': { pairs: 'JIS X 0212' },
  '$)A': { encoding: 'gbk' },
  '$)C': { encoding: 'euc-kr' },
});
const LONGEST_ESCAPE = 3;

const decoders = new Map<string, TextDecoder>();

function decodeAs(encoding: string, bytes: Uint8Array): string {
  let decoder = decoders.get(encoding);
  if (!decoder) decoders.set(encoding, (decoder = new TextDecoder(encoding)));
  return decoder.decode(bytes);
}

/** Pairs of 7-bit bytes as EUC-JP has them: high bits set, those of JIS X 0212 after a single shift. */
function toEuc(bytes: Uint8Array, pairs: Shift['pairs']): Uint8Array {
  const high = bytes.map((byte) => byte | 0x80);
  if (pairs === 'JIS X 0208') return high;
  return Uint8Array.from({ length: Math.floor(bytes.length / 2) * 3 }, (_, i) =>
    i % 3 === 0 ? 0x8f : high[Math.floor(i / 3) * 2 + (i % 3) - 1]!,
  );
}

function shiftAt(bytes: Uint8Array, at: number): [Shift, number] {
  for (let length = 2; length <= LONGEST_ESCAPE; length++) {
    const shift = SHIFTS[String.fromCharCode(...bytes.subarray(at, at + length))];
    if (shift) return [shift, length];
  }
  return [{}, 0];
}

/** Text with code extensions (ISO 2022): each escape changes how the bytes after it are read. */
function decodeShifted(bytes: Uint8Array, first: string): string {
  let [text, encoding, pairs]: [string, string, Shift['pairs']] = ['', first, 'none'];
  for (let from = 0; from < bytes.length;) {
    const next = bytes.indexOf(ESC, from);
    const part = bytes.subarray(from, next < 0 ? bytes.length : next);
    text += pairs === 'none' ? decodeAs(encoding, part) : decodeAs('euc-jp', toEuc(part, pairs));
    if (next < 0) break;
    const [shift, length] = shiftAt(bytes, next + 1);
    encoding = shift.encoding ?? encoding;
    pairs = shift.pairs ?? pairs;
    from = next + 1 + length;
  }
  return text;
}

/** Bytes that are one character each in every encoding: no escape, nothing above 127. */
function asciiOf(bytes: Uint8Array): string | undefined {
  let text = '';
  for (const byte of bytes) {
    if (byte >= 0x80 || byte === ESC) return undefined;
    text += String.fromCharCode(byte);
  }
  return text;
}

/**
 * Decode text in a character set of Specific Character Set (0008,0005). A set that the standard does not know is
 * read as UTF-8; bytes that mean nothing become U+FFFD.
 *
 * @param terms the values of the element; the first is the default, others allow code extensions
 */
export function decodeText(bytes: Uint8Array, terms: readonly string[]): string {
  const ascii = asciiOf(bytes);
  if (ascii !== undefined) return ascii;
  const [first = ''] = terms;
  const encoding = ENCODING[first.replace(/^ISO(?:_| 2022 )IR /, '')] ?? 'utf-8';
  return bytes.includes(ESC) ? decodeShifted(bytes, encoding) : decodeAs(encoding, bytes);
}
