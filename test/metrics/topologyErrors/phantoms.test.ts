import { expect, test } from '@jest/globals';
import { topologyErrors } from '@vessels/metrics/topologyErrors/topologyErrors';
import { bettiNumbers } from '@vessels/topology/betti';
import { readNifti } from '@vessels/volume/nifti';
import { describeWithData, readData } from '../../helpers/data';
import { countKinds } from '../../helpers/topologyErrors';

describeWithData('a vessel tree and a prediction of it with mistakes', () => {
  const [reference, prediction] = ['tree128', 'tree128_pert'].map((name) =>
    readNifti(readData(`phantoms/${name}.nii.gz`)),
  );
  const { dims } = reference.geometry;
  const mask = { data: Uint8Array.from(prediction.data), geometry: prediction.geometry };
  const counted = countKinds(topologyErrors(mask, Uint8Array.from(reference.data)));
  const n = (kind: string) => counted[kind] ?? 0;

  test('the equations hold with the Betti numbers that scikit-image gives', () => {
    expect(bettiNumbers(mask.data, dims)).toEqual({ b0: 22, b1: 328, b2: 21 });
    expect(n('split') + n('falseComponent') - n('merge') - n('missedComponent')).toBe(22 - 1);
    expect(n('falseLoop') - n('missingLoop')).toBe(328 - 197);
    expect(n('falseCavity') - n('missingCavity')).toBe(21 - 9);
  });

  test('errors that cancel in the Betti numbers are told all the same', () => {
    expect(counted).toMatchObject({
      split: 2,
      falseComponent: 19,
      falseLoop: 150,
      missingLoop: 19,
      falseCavity: 12,
    });
  });
});
