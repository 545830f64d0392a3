import type { CenterlineGraph } from '@vessels/centerline/graph';

/** Columns of the table; lengths in mm, positions in the patient's LPS frame. */
const COLUMNS = [
  'branch',
  'component',
  'from_node',
  'to_node',
  'length_mm',
  'mean_diameter_mm',
  'min_diameter_mm',
  'max_diameter_mm',
  'narrowest_x_mm',
  'narrowest_y_mm',
  'narrowest_z_mm',
] as const;

/** The branches of a centerline graph as comma-separated values (RFC 4180), one line each after the header. */
export function branchesCsv({ branches }: CenterlineGraph): string {
  const lines = branches.map((branch) => {
    const at = branch.narrowest * 3;
    const numbers = [
      branch.length,
      branch.meanDiameter,
      branch.minDiameter,
      branch.maxDiameter,
      ...branch.points.subarray(at, at + 3),
    ];
    const ids = [branch.id, branch.component, branch.from, branch.to];
    return [...ids, ...numbers.map((n) => n.toFixed(3))].join(',');
  });
  return [COLUMNS.join(','), ...lines, ''].join('\r\n');
}
