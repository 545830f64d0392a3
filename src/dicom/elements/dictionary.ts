import dcmjs from 'dcmjs';

/** An element as PS3.6 defines it. */
export interface Entry {
  readonly tag: number;
  readonly keyword: string;
  /** Value representation; `xs`, `ox`, `lt` where it depends on another element. */
  readonly vr: string;
}

/** A tag as a number, group first: (0028,0010) is 0x00280010. */
export const TAG = Object.freeze({
  fileMetaGroupLength: 0x00020000,
  transferSyntax: 0x00020010,
  specificCharacterSet: 0x00080005,
  numberOfFrames: 0x00280008,
  pixelRepresentation: 0x00280103,
  pixelData: 0x7fe00010,
  extendedOffsetTable: 0x7fe00001,
  item: 0xfffee000,
  itemEnd: 0xfffee00d,
  sequenceEnd: 0xfffee0dd,
});

/** `(gggg,eeee)` */
export function formatTag(tag: number): string {
  const hex = tag.toString(16).toUpperCase().padStart(8, '0');
  return `(${hex.slice(0, 4)},${hex.slice(4)})`;
}

const byTag = new Map<number, Entry>();
const byKeyword = new Map<string, Entry>();

/** Its dictionary has retired elements under keywords with this prefix; as the standard names them, they have none. */
const RETIRED = 'RETIRED_';

/** Pointers of a directory are plain numbers to us. */
const VRS: Readonly<Record<string, string>> = Object.freeze({ up: 'UL' });

// dcmjs makes its dictionary when it is first asked for; so do we.
function load(): void {
  if (byTag.size > 0) return;
  for (const entry of Object.values(dcmjs.data.DicomMetaDictionary.nameMap)) {
    const [, group, element] = /^\(([0-9A-F]{4}),([0-9A-F]{4})\)$/.exec(entry?.tag ?? '') ?? [];
    if (!entry || !group || group === 'FFFE') continue;
    const found: Entry = {
      tag: parseInt(group + element, 16),
      keyword: entry.name,
      vr: VRS[entry.vr] ?? entry.vr,
    };
    byKeyword.set(entry.name, found);
    if (!byTag.has(found.tag) || !entry.name.startsWith(RETIRED)) byTag.set(found.tag, found);
  }
}

/** The element of a tag; undefined for private and unknown ones. */
export function entryOfTag(tag: number): Entry | undefined {
  load();
  return byTag.get(tag);
}

/** The element of a keyword, e.g. `PixelData`. */
export function entryOfKeyword(keyword: string): Entry | undefined {
  load();
  return byKeyword.get(keyword);
}

/** How a message names an element, e.g. "Image Position Patient (0020,0032)". */
export function elementName(tag: number): string {
  const keyword = entryOfTag(tag)?.keyword.replace(RETIRED, '');
  const words = keyword?.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2');
  return `${words ?? 'an element'} ${formatTag(tag)}`;
}
