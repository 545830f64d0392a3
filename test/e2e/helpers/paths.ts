import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export const ROOT = path.resolve(import.meta.dirname, '../../..');

/** Real angiograms beside the clone; absent on a user's machine. */
export const REAL_DATA = path.resolve(ROOT, '../shared/data');

/** An empty folder for one test, which removes it. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ohif-vessels-'));
  return { path: folder, remove: () => fs.rmSync(folder, { recursive: true, force: true }) };
}
