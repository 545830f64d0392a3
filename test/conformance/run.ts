import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  ABNORMALITY,
  ALGORITHM_FAMILY,
  CATEGORY,
  LATERALITY,
  PROVENANCE,
  REGION,
  VESSEL,
} from '@vessels/dicom/codes';
import { decodePart10 } from '@vessels/dicom/part10';
import { readSeg, type SegObject } from '@vessels/dicom/seg';
import { TRANSFER_SYNTAX } from '@vessels/dicom/syntaxes';
import { writeNifti } from '@vessels/interchange/writeNifti';
import { writeSection } from '../../bench/section';
import { type Case, cases, FORMS, hasMask, type Masked, segOf } from './cases';
import { must } from './command';
import { UNKNOWN_OBJECT, validate } from './dciodvfy';
import { decodeWithDcmqi } from './dcmqi';
import { dcmqiSegChecks } from './dcmqiSegs';
import { decodeWithDcmtk } from './dcmtk';
import { runMatrix } from './matrix';
import { Orthanc } from './orthanc';
import { setUp, type Tools } from './setup';
import { listOf, type Row, summaryOf } from './report';
import { srChecks } from './sr';

const rows: Row[] = [];

/** Run a check and note how it ended: its text, or its error. */
async function check(
  series: string,
  object: string,
  name: string,
  work: () => string | Promise<string>,
): Promise<void> {
  try {
    const detail = await work();
    const result = detail.startsWith('note: ') ? 'note' : 'pass';
    const passed = result === 'pass' ? 1 : 0;
    const said = detail.replace(/^note: /, '');
    rows.push({ series, object, check: name, result, detail: said, passed, of: passed });
  } catch (error) {
    const detail = (error as Error).message;
    rows.push({ series, object, check: name, result: 'FAIL', detail, passed: 0, of: 1 });
  }
}

function noErrors(errors: readonly string[], files: number): string {
  if (errors.includes(UNKNOWN_OBJECT)) return 'note: this build does not know label maps';
  if (errors.length > 0) throw new Error(`${errors.length} errors, first: ${errors[0]}`);
  return `0 errors in ${files} file${files === 1 ? '' : 's'}`;
}

function sameVoxels(found: Uint8Array, { labelmap }: Masked): string {
  const different = labelmap.reduce((sum, value, i) => sum + (value === found[i] ? 0 : 1), 0);
  if (found.length !== labelmap.length || different > 0)
    throw new Error(`${different} voxels differ`);
  return `${labelmap.reduce((sum, value) => sum + (value > 0 ? 1 : 0), 0)} voxels equal`;
}

async function checkImages(one: Case, folder: string, orthanc: Orthanc): Promise<void> {
  const files = one.images.map((bytes, i) => {
    const file = path.join(folder, `image-${i}.dcm`);
    fs.writeFileSync(file, Buffer.from(bytes));
    return file;
  });
  if (!one.foreign)
    await check(one.name, 'images', 'dciodvfy', () =>
      noErrors(files.flatMap(validate), files.length),
    );
  await check(one.name, 'images', 'Orthanc STOW', async () => {
    for (const bytes of one.images) await orthanc.store(bytes);
    return `${one.images.length} stored`;
  });
  for (const [i, { name, bytes }] of (one.extras ?? []).entries()) {
    const file = path.join(folder, `extra-${i}.dcm`);
    fs.writeFileSync(file, Buffer.from(bytes));
    await check(one.name, name, 'dciodvfy', () => noErrors(validate(file), 1));
  }
}

const instanceOf = (seg: SegObject, { sources }: Case) =>
  `studies/${String(sources[0]!.StudyInstanceUID)}/series/${seg.seriesInstanceUID}/instances/${seg.sopInstanceUID}`;

async function throughOrthanc(seg: SegObject, one: Masked, orthanc: Orthanc): Promise<string> {
  await orthanc.store(seg.bytes);
  const back = await orthanc.retrieve(instanceOf(seg, one), 'application/dicom');
  if (!back.equals(Buffer.from(seg.bytes))) throw new Error('WADO returns other bytes');
  return sameVoxels(readSeg(new Uint8Array(back).buffer, one.geometry).labelmap, one);
}

/** The first frame by itself, as viewers ask for it. */
async function frameFromOrthanc(seg: SegObject, one: Case, orthanc: Orthanc): Promise<string> {
  const { pixelData, dataset } = decodePart10(seg.bytes);
  const [columns, rows] = one.geometry.dims;
  const bits = rows * columns * Number(dataset.BitsAllocated);
  if (bits % 8 !== 0) return 'note: Orthanc refuses single frames whose bits straddle bytes';
  const block = Buffer.from(pixelData![0]!);
  const isNative = seg.transferSyntaxUID === TRANSFER_SYNTAX.explicitLittleEndian;
  const frame = await orthanc.retrieve(
    `${instanceOf(seg, one)}/frames/1`,
    'application/octet-stream',
  );
  if (!frame.equals(isNative ? block.subarray(0, bits / 8) : block))
    throw new Error('WADO returns another first frame');
  return `${frame.length} bytes equal`;
}

async function checkSegs(
  one: Masked,
  folder: string,
  tools: Tools,
  orthanc: Orthanc,
): Promise<void> {
  const mask = path.join(folder, 'mask.raw');
  const grid = path.join(folder, 'grid.json');
  fs.writeFileSync(mask, one.labelmap);
  fs.writeFileSync(grid, JSON.stringify(one.geometry));
  await check(one.name, 'NIfTI', 'nibabel', () => {
    const file = path.join(folder, 'mask.nii.gz');
    fs.writeFileSync(file, writeNifti({ data: one.labelmap, geometry: one.geometry }));
    const script = path.resolve('test/conformance/check_nifti.py');
    return must(tools.python, [script, file, mask, grid]).trim();
  });
  for (const { name, options } of FORMS) {
    const seg = segOf(one, options);
    const file = path.join(folder, `${name}.dcm`);
    fs.writeFileSync(file, Buffer.from(seg.bytes));
    await check(one.name, name, 'dciodvfy', () => noErrors(validate(file), 1));
    await check(one.name, name, 'DCMTK', () =>
      sameVoxels(decodeWithDcmtk(file, one.geometry, path.join(folder, name)), one),
    );
    await check(one.name, name, 'dcmqi', () =>
      sameVoxels(
        decodeWithDcmqi(tools.python, file, one.geometry, path.join(folder, `${name} dcmqi`)),
        one,
      ),
    );
    await check(one.name, name, 'highdicom', () =>
      must(tools.python, [
        path.resolve('test/conformance/compare_seg.py'),
        file,
        mask,
        grid,
      ]).trim(),
    );
    await check(one.name, name, 'Orthanc', () => throughOrthanc(seg, one, orthanc));
    await check(one.name, name, 'Orthanc frame', () => frameFromOrthanc(seg, one, orthanc));
    for (const [title, work] of srChecks(one, seg, folder, tools.python))
      await check(one.name, `SR of ${name}`, title, work);
  }
}

const TABLES = [CATEGORY, VESSEL, ABNORMALITY, LATERALITY, REGION, PROVENANCE, ALGORITHM_FAMILY];

/** Every code that we write stands in the standard. */
async function checkCodes(tools: Tools, folder: string): Promise<void> {
  const codes = TABLES.flatMap((table) => Object.values(table)).map((code) => [
    code.scheme,
    code.value,
    code.meaning,
  ]);
  const file = path.join(folder, 'codes.json');
  fs.writeFileSync(file, JSON.stringify(codes));
  await check('all', 'codes', 'PS3.16', () =>
    must(tools.python, [path.resolve('test/conformance/check_codes.py'), file]).trim(),
  );
}

/** The matrix of sizes, arrangements, contents and forms, a line for each form and tool. */
async function checkMatrix(full: boolean, tools: Tools, folder: string): Promise<void> {
  const name = full ? 'matrix (all)' : 'matrix (pairs)';
  for (const { form, check, passed, failures } of await runMatrix(full, tools.python, folder))
    rows.push({
      series: name,
      object: form,
      check,
      result: failures.length === 0 ? 'pass' : 'FAIL',
      detail: failures[0] ?? `${passed} objects`,
      passed,
      of: passed + failures.length,
    });
}

async function main(): Promise<void> {
  const tools = setUp();
  const temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'vessels-conformance-'));
  const orthanc = await Orthanc.start(temporary, tools.dicomwebPlugin);
  try {
    await checkCodes(tools, temporary);
    for (const [mask, work] of dcmqiSegChecks(tools.python, temporary))
      await check(mask, 'SEG by dcmqi', 'own reader', work);
    await checkMatrix(process.argv.includes('--full'), tools, temporary);
    for (const [i, one] of cases().entries()) {
      const folder = path.join(temporary, String(i));
      fs.mkdirSync(folder);
      await checkImages(one, folder, orthanc);
      if (hasMask(one)) await checkSegs(one, folder, tools, orthanc);
    }
  } finally {
    await orthanc.stop();
    fs.rmSync(temporary, { recursive: true, force: true });
  }
  console.log(listOf(rows));
  const count = (result: Row['result']) => rows.filter((row) => row.result === result).length;
  console.log(
    `\n${count('pass')} passed, ${count('FAIL')} failed, ${count('note')} not applicable`,
  );
  if (count('FAIL') > 0) process.exitCode = 1;
  const text = summaryOf(rows);
  console.log(`\n${text}`);
  if (process.argv.includes('--docs')) await writeSection('dicom.md', 'conformance', text);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
