import { describe, expect, it } from '@jest/globals';
import { readModelFiles } from '../../extension/src/actions/modelFiles';

const MANIFEST = {
  schema: 1,
  id: 'tiny',
  name: 'Tiny',
  version: '1.0.0',
  file: 'tiny.onnx',
  sha256: '0'.repeat(64),
  modalities: ['MR'],
  input: 'image',
  output: 'probability',
  patch: [32, 32, 32],
  overlap: [8, 8, 8],
  normalisation: { kind: 'percentile', percentile: 99 },
  clip: [0, 2],
  threshold: 0.5,
  labels: [
    {
      value: 1,
      name: 'Vessel',
      category: { value: '91723000', scheme: 'SCT', meaning: 'Anatomical Structure' },
      type: { value: '59820001', scheme: 'SCT', meaning: 'Blood vessel' },
      color: '#e05000',
    },
  ],
  licence: 'MIT',
  card: 'MODEL_CARD.md',
  description: 'For tests.',
};

const file = (name: string, text: string) => new File([text], name);

const onnx = file('tiny.onnx', 'bytes');
const json = file('tiny.json', JSON.stringify(MANIFEST));

describe('readModelFiles', () => {
  it('makes a model of the pair, in any order, apart from bundled ones', async () => {
    for (const files of [
      [onnx, json],
      [json, onnx],
    ]) {
      const model = await readModelFiles(files);
      expect(model).toMatchObject({ id: 'file:tiny 1.0.0', manifest: { file: 'tiny.onnx' } });
      expect(model.file.size).toBe(5);
      expect(model.card).toBeUndefined();
    }
  });

  it('takes the card along', async () => {
    const { card } = await readModelFiles([onnx, json, file('MODEL_CARD.md', '# Tiny')]);
    expect(card).toBe('# Tiny');
  });

  it.each([
    ['one file alone', [onnx], 'model.files'],
    ['a manifest that is no JSON', [onnx, file('tiny.json', 'PK')], 'model.manifest'],
    ['a JSON that is no manifest', [onnx, file('tiny.json', '{"schema":2}')], 'model.manifest'],
    ['the manifest of another file', [file('other.onnx', ''), json], 'model.file-name'],
  ])('refuses %s with one sentence', async (_, files, code) => {
    const error = await readModelFiles(files).catch((e: unknown) => e);
    expect(error).toMatchObject({ name: 'InputError', code });
    expect((error as Error).message).toMatch(/^[^.].*\.$/s);
  });
});
