import { expect, test } from '@jest/globals';
import { branchTableCsv } from '@vessels/centerline/csv';
import { extractCenterlines } from '@vessels/centerline/extract';
import { draw } from '../helpers/draw';
import { gridOf } from '../helpers/vessels';

test('a header and a line per branch', () => {
  const { mask, dims } = draw(['.......', '.#####.', '.......', '.##....', '.......']);
  const graph = extractCenterlines({
    data: mask,
    geometry: gridOf(dims, [0.5, 0.5, 1], [10, -3, 0]),
  });
  expect(branchTableCsv(graph).split('\r\n')).toEqual([
    'id,component,length_mm,mean_diameter_mm,min_diameter_mm,max_diameter_mm,' +
      'from_node,from_x_mm,from_y_mm,from_z_mm,to_node,to_x_mm,to_y_mm,to_z_mm,' +
      'narrowest_x_mm,narrowest_y_mm,narrowest_z_mm',
    expect.stringMatching(/^1,1,2,(\d\.\d{3},){3}1,10\.500,-2\.500,0,2,12\.500,-2\.500,0,/),
    expect.stringMatching(/^2,2,0\.500,(\d\.\d{3},){3}3,10\.500,-1\.500,0,4,11,-1\.500,0,/),
    '',
  ]);
});

test('a graph without branches is a header', () => {
  const csv = branchTableCsv({ nodes: [], branches: [], totalLength: 0 });
  expect(csv.split('\r\n')).toHaveLength(2);
  expect(csv).toMatch(/^id,component,.*_mm\r\n$/);
});
