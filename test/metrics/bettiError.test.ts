import { expect, test } from '@jest/globals';
import { bettiError } from '@vessels/metrics/bettiError';
import { bettiNumbers } from '@vessels/topology/betti';
import { readNifti } from '@vessels/volume/nifti';
import { describeWithData, readData } from '../helpers/data';
import { labelOf, merged } from '../helpers/grid';

test('Betti errors are absolute differences', () => {
  expect(bettiError({ b0: 1, b1: 5, b2: 0 }, { b0: 3, b1: 2, b2: 0 })).toEqual({
    b0: 2,
    b1: 3,
    b2: 0,
  });
});

describeWithData('β0 errors that the TopCoW evaluation asserts', () => {
  const read = (name: string) => readNifti(readData(`topcow-fixtures/${name}.nii.gz`));

  test.each([
    ['2D/shape_5x5_2D_RGB_gt', '2D/shape_5x5_2D_RBY_pred', { 1: 0, 2: 1, 3: 0, 4: 1, all: 2 }],
    [
      '3D/shape_3x4x2_3D_twoIslands',
      '3D/shape_3x4x2_3D_twoIslands_multiclass',
      { 1: 0, 2: 2, all: 0 },
    ],
    ['3D/betti_num_singleBlob_2x2x2_gt', '3D/betti_num_singleBlob_2x2x2_pred', { 1: 0, all: 0 }],
    ['2D/shape_6x3_2D', '2D/shape_6x3_2D_clDice_elong_pred', { 1: 1, all: 1 }],
  ])('%s against %s', (reference, prediction, expected) => {
    for (const [label, error] of Object.entries(expected)) {
      const [p, r] = [prediction, reference].map((name) => {
        const { data, geometry } = read(name);
        const shape =
          label === 'all'
            ? merged(data, geometry.dims)
            : labelOf(data, geometry.dims, Number(label));
        return bettiNumbers(shape.mask, shape.dims);
      });
      expect([label, bettiError(p, r).b0]).toEqual([label, error]);
    }
  });
});
