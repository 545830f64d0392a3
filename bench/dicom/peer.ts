import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { FOLDER } from './adapters';

const MANIFEST = path.resolve(import.meta.dirname, '../peers/adapters/package.json');

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
}
const read = (file: string) => JSON.parse(fs.readFileSync(file, 'utf8')) as Manifest;

/** Installs the pinned peers where they are not there yet. @returns their names and versions, or why there are none */
export function openAdapters():
  { readonly versions: readonly string[] } | { readonly reason: string } {
  const { dependencies } = read(MANIFEST);
  const copy = path.join(FOLDER, 'package.json');
  const stamp = path.join(FOLDER, 'installed');
  if (!fs.existsSync(stamp) || !isDeepStrictEqual(read(copy).dependencies, dependencies)) {
    console.log('installing the peers from bench/peers/adapters');
    fs.rmSync(FOLDER, { recursive: true, force: true });
    fs.mkdirSync(FOLDER, { recursive: true });
    fs.copyFileSync(MANIFEST, copy);
    const options = ['--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
    const { status, stderr } = spawnSync('npm', ['install', ...options], {
      cwd: FOLDER,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
    if (status !== 0)
      return { reason: stderr.trim().split('\n').at(-1) || 'npm cannot be started' };
    fs.writeFileSync(stamp, '');
  }
  const named = ['@cornerstonejs/adapters', 'dcmjs'];
  return { versions: named.map((name) => `${name} ${dependencies[name]}`) };
}
