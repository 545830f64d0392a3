import fs from 'node:fs';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';

export const DOCS = path.resolve(import.meta.dirname, '../docs');

const END = '<!-- end of what is printed -->';

/**
 * Puts what a command prints into a page of docs/, between two marks, so that the page holds no other numbers.
 *
 * @throws Error when the page lacks the marks
 */
export async function writeSection(page: string, command: string, text: string): Promise<void> {
  const file = path.join(DOCS, page);
  const begin = `<!-- printed by npm run ${command} -->`;
  const before = fs.readFileSync(file, 'utf8');
  const from = before.indexOf(begin);
  const to = before.indexOf(END, from);
  if (from < 0 || to < 0) throw new Error(`docs/${page} lacks ${begin} or ${END}`);
  const whole = `${before.slice(0, from + begin.length)}\n\n${text}\n\n${before.slice(to)}`;
  fs.writeFileSync(
    file,
    await format(whole, { ...(await resolveConfig(file)), parser: 'markdown' }),
  );
}
