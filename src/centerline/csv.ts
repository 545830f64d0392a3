import type { CenterlineBranch, CenterlineGraph } from './graph';

/** Columns of the branch table and what stands in them; mm, positions LPS. */
const COLUMNS: readonly (readonly [name: string, value: (branch: CenterlineBranch) => number])[] =
  Object.freeze([
    ['id', (b) => b.id],
    ['component', (b) => b.component],
    ['length_mm', (b) => b.length],
    ['mean_diameter_mm', (b) => b.meanDiameter],
    ['min_diameter_mm', (b) => b.minDiameter],
    ['max_diameter_mm', (b) => b.maxDiameter],
    ['from_node', (b) => b.from],
    ...position('from', () => 0),
    ['to_node', (b) => b.to],
    ...position('to', (b) => b.radii.length - 1),
    ...position('narrowest', (b) => b.narrowest),
  ]);

function position(name: string, point: (branch: CenterlineBranch) => number) {
  return ['x', 'y', 'z'].map(
    (axis, k) =>
      [`${name}_${axis}_mm`, (b: CenterlineBranch) => b.points[3 * point(b) + k]] as const,
  );
}

/**
 * The branches of a graph as a table of comma-separated values (RFC 4180: a header, CRLF after every line, a
 * point as decimal sign), in the order of the graph; micrometres are the last decimals.
 */
export function branchTableCsv({ branches }: CenterlineGraph): string {
  const lines = branches.map((branch) => COLUMNS.map(([, value]) => decimal(value(branch))));
  return [COLUMNS.map(([name]) => name), ...lines]
    .map((fields) => `${fields.map(quoted).join(',')}\r\n`)
    .join('');
}

const decimal = (value: number): string =>
  Number.isInteger(value) ? String(value) : value.toFixed(3);

/** A field as RFC 4180 wants it: in quotes where it holds a comma, a quote or the end of a line. */
const quoted = (field: string): string =>
  /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
