/** A column of a printed table: its title, and what stands in it for a row. */
export interface Column<T> {
  readonly title: string;
  readonly cell: (row: T) => string;
  /** Numbers stand at the right. */
  readonly numbers?: boolean;
}

/** Rows as a Markdown table whose columns are aligned, to print and to keep in a document. */
export function markdownTable<T>(columns: readonly Column<T>[], rows: readonly T[]): string {
  const cells = [
    columns.map(({ title }) => title),
    ...rows.map((row) => columns.map((c) => c.cell(row))),
  ];
  const widths = columns.map((_, c) => Math.max(3, ...cells.map((line) => line[c].length)));
  const padded = cells.map((line) =>
    line.map((cell, c) => (columns[c].numbers ? cell.padStart(widths[c]) : cell.padEnd(widths[c]))),
  );
  const rule = columns.map(({ numbers }, c) => '-'.repeat(widths[c] - 1) + (numbers ? ':' : '-'));
  return [padded[0], rule, ...padded.slice(1)].map((line) => `| ${line.join(' | ')} |`).join('\n');
}

/** Milliseconds with three digits that count. */
export const milliseconds = (seconds: number | null): string =>
  seconds === null ? '' : String(Number((1000 * seconds).toPrecision(3)));
