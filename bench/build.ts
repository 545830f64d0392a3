import { spawnSync } from 'node:child_process';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '..');

/** Bundles a bench's modules as the product's build bundles its own. @throws Error with webpack's words */
export function bundle(config: string): void {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['node_modules/webpack/bin/webpack.js', '-c', config],
    { cwd: ROOT, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stdout + stderr);
}
