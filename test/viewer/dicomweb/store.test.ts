import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { InstanceStore } from '../../../viewer/dicomweb/store';
import { part10 } from '../helpers/dicom';
import { temporaryFolders } from '../helpers/folder';

const folder = temporaryFolders();

async function open(root: string) {
  const lines: string[] = [];
  const store = await InstanceStore.open(root, (line) => lines.push(line));
  return { store, lines };
}

const sops = (store: InstanceStore) => store.select({}).map(({ sop }) => sop);

describe('opening a folder', () => {
  test('files of all subfolders, in the order of their instance numbers', async () => {
    const root = folder();
    fs.mkdirSync(path.join(root, 'a/b'), { recursive: true });
    const write = (name: string, SOPInstanceUID: string, InstanceNumber: number) =>
      fs.writeFileSync(path.join(root, name), part10({ SOPInstanceUID, InstanceNumber }));
    write('z.dcm', '1.2.1', 3);
    write('a/x.DCM', '1.2.2', 10);
    write('a/b/IM0001', '1.2.3', 2);
    write('a/.hidden.dcm', '1.2.4', 1);
    fs.writeFileSync(path.join(root, 'notes.txt'), 'no DICOM');
    const { store, lines } = await open(root);
    expect(sops(store)).toEqual(['1.2.3', '1.2.1', '1.2.2']);
    expect(lines).toEqual([]);
  });

  test('a folder that is not there is made', async () => {
    const root = path.join(folder(), 'new/data');
    expect(sops((await open(root)).store)).toEqual([]);
    expect(fs.existsSync(root)).toBe(true);
  });

  test('a file that cannot be read is left out with one line that names it', async () => {
    const root = folder();
    const whole = part10({}, { pixels: [new Uint8Array(4)] });
    fs.writeFileSync(path.join(root, 'good.dcm'), whole);
    fs.writeFileSync(path.join(root, 'empty.dcm'), '');
    fs.writeFileSync(path.join(root, 'noise.dcm'), Buffer.alloc(1000, 7));
    fs.writeFileSync(path.join(root, 'cut.dcm'), whole.subarray(0, whole.length - 2));
    fs.writeFileSync(path.join(root, 'header.dcm'), whole.subarray(0, 200));
    const { store, lines } = await open(root);
    expect(sops(store)).toEqual(['1.2.3.1.1.1']);
    expect(lines.map((line) => path.basename(line.split(': ')[0]))).toEqual([
      'cut.dcm',
      'empty.dcm',
      'header.dcm',
      'noise.dcm',
    ]);
    for (const line of lines) expect(line).toMatch(/left out, it cannot be read as DICOM \(.+\)$/);
  });

  test('of two files with one UID the first serves, and a line names both', async () => {
    const root = folder();
    for (const name of ['1.dcm', '2.dcm']) fs.writeFileSync(path.join(root, name), part10());
    const { store, lines } = await open(root);
    expect(store.select({}).map(({ file }) => path.basename(file))).toEqual(['1.dcm']);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/2\.dcm: left out, .*1\.dcm has the same SOP Instance UID/);
  });

  test('a header larger than what is read first, and pixel data behind it', async () => {
    const root = folder();
    const ImageComments = 'x'.repeat(100_000);
    fs.writeFileSync(path.join(root, 'a.dcm'), part10({ ImageComments }));
    fs.writeFileSync(
      path.join(root, 'b.dcm'),
      part10(
        { SOPInstanceUID: '1.2.5', Rows: 400, Columns: 400 },
        { pixels: [new Uint8Array(160_000)] },
      ),
    );
    const { store, lines } = await open(root);
    expect(lines).toEqual([]);
    expect(store.select({ sop: '1.2.3.1.1.1' })[0].metadata).toContain(ImageComments);
    expect(store.select({ sop: '1.2.5' })[0].pixels?.length).toBe(160_000);
  });
});

describe('putting an object', () => {
  test('it is found at once and after a restart, byte for byte, and nothing else lies there', async () => {
    const root = folder();
    const file = part10();
    const { store } = await open(root);
    expect(store.put(file)).toMatchObject({ stored: true, instance: { sop: '1.2.3.1.1.1' } });
    const again = (await open(root)).store;
    for (const one of [store, again]) expect(sops(one)).toEqual(['1.2.3.1.1.1']);
    const stored = again.select({})[0].file;
    expect(fs.readFileSync(stored).equals(file)).toBe(true);
    expect(fs.readdirSync(path.dirname(stored))).toEqual(['1.2.3.1.1.1.dcm']);
  });

  test('the same file again is no failure and no second file', async () => {
    const root = folder();
    const { store } = await open(root);
    store.put(part10());
    expect(store.put(part10()).stored).toBe(true);
    expect(sops(store)).toHaveLength(1);
  });

  test('another object with a taken UID is refused, also when a file of the folder has it', async () => {
    const root = folder();
    const original = path.join(root, 'original.dcm');
    fs.writeFileSync(original, part10());
    const { store } = await open(root);
    const other = part10({ PatientID: 'S-2' });
    expect(store.put(other)).toMatchObject({ stored: false, reason: 'duplicate' });
    expect(fs.readFileSync(original).equals(part10())).toBe(true);
    expect(store.select({})[0].file).toBe(original);
  });

  test.each([
    ['no DICOM', Buffer.from('hello')],
    ['a file without UIDs', part10({ SeriesInstanceUID: '' })],
    ['a file that ends within its pixels', part10().subarray(0, -1)],
    ['a UID that leaves the folder', part10({ SOPInstanceUID: '../../x' })],
  ])('%s is unreadable', async (_, bytes) => {
    const root = folder();
    const { store } = await open(root);
    expect(store.put(bytes)).toEqual({ stored: false, reason: 'unreadable' });
    expect(fs.readdirSync(root)).toEqual([]);
  });

  test('an object of another study than the required one is refused', async () => {
    const { store } = await open(folder());
    expect(store.put(part10(), '9.9')).toMatchObject({ stored: false, reason: 'foreign-study' });
    expect(store.put(part10(), '1.2.3.1').stored).toBe(true);
  });

  test('a folder that cannot be written: not written, not found', async () => {
    const root = folder();
    const { store } = await open(root);
    fs.writeFileSync(path.join(root, 'stored'), 'a file where the folder should be');
    expect(store.put(part10())).toMatchObject({ stored: false, reason: 'not-written' });
    expect(sops(store)).toEqual([]);
  });
});
