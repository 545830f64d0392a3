import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { main } from '../../src/cli/vesselsModel';
import { agreementOf, probabilityOf, readImported, readPredicted } from '../proof/agreement';

const FIXTURE = path.resolve(__dirname, '../fixtures/nnunet');
let folder: string;
let [told, complained] = ['', ''];

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'vessels-model-'));
  [told, complained] = ['', ''];
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((told += String(text))));
  jest
    .spyOn(process.stderr, 'write')
    .mockImplementation((text) => Boolean((complained += String(text))));
});
afterEach(() => {
  jest.restoreAllMocks();
  fs.rmSync(folder, { recursive: true });
});

const run = (...args: string[]) => main(['import-nnunet', ...args, '--out', folder]);

test('an nnU-Net that was imported finds what nnU-Net found', async () => {
  expect(await run(FIXTURE, '--licence', 'CC BY 4.0')).toBe(0);
  expect(told).toMatch(/2 transposed convolutions replaced; greatest difference 0/);
  expect(told).toMatch(/these labels count as one/);
  const model = readImported(folder);
  expect(model.manifest).toMatchObject({ id: 'dataset905-tiny', licence: 'CC BY 4.0' });
  expect(fs.readFileSync(path.join(folder, 'MODEL_CARD.md'), 'utf8')).toContain('thick vessel');

  const { volume, labels } = readPredicted(FIXTURE);
  const probability = await probabilityOf(model, volume);
  const { agreement, dice, vessels } = agreementOf(
    probability,
    (i) => labels[i] > 0,
    model.manifest,
  );
  expect(vessels).toBeGreaterThan(100);
  expect(agreement).toBeGreaterThanOrEqual(0.999);
  expect(dice).toBeGreaterThanOrEqual(0.99);
});

test('the .onnx file may be named, with the other two elsewhere', async () => {
  const net = path.join(folder, 'net.onnx');
  fs.copyFileSync(path.join(FIXTURE, 'net.onnx'), net);
  expect(await run(net)).toBe(1);
  expect(complained).toMatch(/plans\.json does not exist; name the file with --plans\.\n$/);
  const [plans, dataset] = ['plans.json', 'dataset.json'].map((name) => path.join(FIXTURE, name));
  expect(await run(net, '--plans', plans, '--dataset', dataset, '--mirror', 'xy')).toBe(0);
  expect(readImported(folder).manifest.mirror).toEqual(['x', 'y']);
});

test.each<[string, (files: string) => void, RegExp]>([
  ['a folder without a net', (at) => fs.rmSync(path.join(at, 'net.onnx')), /holds no \.onnx file/],
  [
    'a folder with two',
    (at) => fs.copyFileSync(path.join(at, 'net.onnx'), path.join(at, 'fold_1.onnx')),
    /holds 2 \.onnx files/,
  ],
  [
    'a damaged net',
    (at) => fs.writeFileSync(path.join(at, 'net.onnx'), 'text'),
    /net\.onnx is no ONNX model/,
  ],
  [
    'the plans of another net',
    (at) => {
      const file = path.join(at, 'plans.json');
      const text = fs.readFileSync(file, 'utf8');
      fs.writeFileSync(file, text.replace(/"patch_size": \[\s*12,/, '"patch_size": [24,'));
    },
    /has the shape 1×1×12×16×16 where the plans ask for 1×1×24×16×16/,
  ],
])('%s ends in one sentence', async (_, damage, says) => {
  const files = path.join(folder, 'files');
  fs.cpSync(FIXTURE, files, { recursive: true });
  damage(files);
  expect(await run(files)).toBe(1);
  expect(complained).toMatch(says);
  expect(complained).toMatch(/^vessels-model: [^\n]*\.\n$/);
});

test('options that do not exist, and help', async () => {
  expect(await run(FIXTURE, '--mirror', 'xq')).toBe(1);
  expect(complained).toMatch(/--mirror takes some of the letters xyz, not "q"/);
  expect(await main(['import-nnunet', '--help'])).toBe(0);
  expect(told).toMatch(/--configuration/);
  expect(await main(['nothing'])).toBe(1);
});
