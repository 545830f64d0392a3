import fs from 'node:fs';
import path from 'node:path';
import { DOCS, writeSection } from '../section';
import { logLogPlot, type Plot } from './plot';

/** Puts a report into docs/kernels.md and its plots into docs/figures. */
export async function writeDocument(text: string, plots: ReadonlyMap<string, Plot>): Promise<void> {
  await writeSection('kernels.md', 'bench:kernels', text);
  fs.mkdirSync(path.join(DOCS, 'figures'), { recursive: true });
  for (const [name, plot] of plots)
    fs.writeFileSync(path.join(DOCS, 'figures', `growth-${name}.svg`), logLogPlot(plot));
}
