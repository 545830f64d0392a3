import fs from 'node:fs';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { logLogPlot, type Plot } from './plot';

const DOCS = path.resolve(import.meta.dirname, '../../docs');
const PAGE = path.join(DOCS, 'kernels.md');
const BEGIN = '<!-- printed by npm run bench:kernels -->';
const END = '<!-- end of what is printed -->';

/** Puts a report into docs/kernels.md and its plots into docs/figures, so that the page holds no other numbers. */
export async function writeDocument(text: string, plots: ReadonlyMap<string, Plot>): Promise<void> {
  const page = fs.readFileSync(PAGE, 'utf8');
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`docs/kernels.md lacks ${BEGIN} or ${END}`);
  const whole = `${page.slice(0, from + BEGIN.length)}\n\n${text}\n\n${page.slice(to)}`;
  fs.writeFileSync(
    PAGE,
    await format(whole, { ...(await resolveConfig(PAGE)), parser: 'markdown' }),
  );
  fs.mkdirSync(path.join(DOCS, 'figures'), { recursive: true });
  for (const [name, plot] of plots)
    fs.writeFileSync(path.join(DOCS, 'figures', `growth-${name}.svg`), logLogPlot(plot));
}
