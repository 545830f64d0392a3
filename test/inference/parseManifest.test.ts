import { expect, test } from '@jest/globals';
import { parseManifest } from '@vessels/inference/parseManifest';
import { manifest, tiny } from './helpers/models';

const code = 'model.manifest';
const VESSEL = { name: 'vessel', labels: [1], vessel: true };

test('a manifest is read as it stands', () => {
  expect(parseManifest(JSON.stringify(tiny.manifest), 'tiny.json')).toEqual(tiny.manifest);
});

test('a file that is not JSON is refused with its name', () => {
  expect(() => parseManifest('<html>', 'model.json')).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining('model.json is no model') }),
  );
});

test.each([
  ['sha256', { sha256: 'abc' }],
  ['patch.1', { patch: [16, 0, 16] }],
  ['overlap', { overlap: [4, 16, 4] }],
  ['clip', { clip: [4, -2] }],
  ['normalisation.percentile', { normalisation: { kind: 'percentile', percentile: 50 } }],
  ['labels', { labels: [] }],
  ['normalisation.low', { normalisation: { kind: 'ct', low: 2, high: 1, mean: 0, sd: 1 } }],
  ['spacing.2', { spacing: [1, 1, 0] }],
  ['axes', { axes: ['x', 'y', 'x'] }],
  ['mirror', { mirror: ['x', 'x'] }],
  ['coarse', { coarse: true, mirror: ['x'] }],
  ['steer', { steer: 0.1 }],
  ['modalities.0', { modalities: ['SEG'] }],
  ['prediction.channels', { prediction: { values: 'logits', kind: 'labels', channels: [VESSEL] } }],
  [
    'prediction.channels',
    { prediction: { values: 'logits', kind: 'regions', channels: [{ ...VESSEL, vessel: false }] } },
  ],
])('a wrong %s is named', (field, change) => {
  const text = JSON.stringify({ ...manifest(), ...change });
  expect(() => parseManifest(text, 'm.json')).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(`: ${field}: `) }),
  );
});

test('a field that we do not know is named', () => {
  const text = JSON.stringify({ ...manifest(), colour: 'red' });
  expect(() => parseManifest(text, 'm.json')).toThrow(/"colour"/);
});
