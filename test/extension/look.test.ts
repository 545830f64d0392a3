import { describe, expect, it } from '@jest/globals';
import fs from 'node:fs';
import path from 'node:path';

const root = path.resolve(__dirname, '../..');
const dist = path.join(root, '.cache/ohif/dist');
const panel = path.join(root, 'extension/src/panel');

/** Names of the class attributes in our sources. */
function classesUsed(): Set<string> {
  const names = fs
    .readdirSync(panel)
    .filter((file) => file.endsWith('.tsx'))
    .flatMap((file) => {
      const text = fs.readFileSync(path.join(panel, file), 'utf8');
      const attributes = [...text.matchAll(/className=(?:"([^"]*)"|\{`([^`]*)`\})/g)];
      const constants = [...text.matchAll(/^ {2}(?:primary: |secondary: )?'([^']*)'/gm)];
      return [...attributes.map((m) => m[1] ?? m[2]!), ...constants.map((m) => m[1]!)];
    })
    .flatMap((value) => value.replace(/\$\{[^}]*\}/g, ' ').split(/\s+/));
  return new Set(names.filter(Boolean));
}

const available = fs.existsSync(dist);
if (!available) console.warn('look: skipped, the viewer is not unpacked in .cache/ohif');

(available ? describe : describe.skip)('classes of the panel', () => {
  it('are all in the style sheets of the host: no style of ours is shipped', () => {
    const css = fs
      .readdirSync(dist)
      .filter((file) => file.endsWith('.css'))
      .map((file) => fs.readFileSync(path.join(dist, file), 'utf8'))
      .join('\n')
      .replaceAll('\\', '');
    const missing = [...classesUsed()].filter((name) => !css.includes(`.${name}`));
    expect(missing).toEqual([]);
    expect(classesUsed().size).toBeGreaterThan(40);
  });
});
