/**
 * Compiles the kernels in assembly/ to WebAssembly and writes them, as base64, into kernels.generated.ts: one
 * import then serves Node, a bundler and a worker without a file to fetch. Their types go to
 * exports.generated.d.ts. Does nothing when both are up to date.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';

const here = import.meta.dirname;
const sources = path.join(here, 'assembly');
const target = path.join(here, 'kernels.generated.ts');
const types = path.join(here, 'exports.generated.d.ts');

const changed = (file) => fs.statSync(file).mtimeMs;
const newest = Math.max(
  ...[import.meta.filename, ...fs.readdirSync(sources).map((f) => path.join(sources, f))].map(
    changed,
  ),
);
if (!fs.existsSync(target) || changed(target) < newest) {
  const asc = createRequire(import.meta.url).resolve('assemblyscript/bin/asc.js');
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'vessels-kernels-'));
  const wasm = path.join(folder, 'kernels.wasm');
  try {
    execFileSync(
      process.execPath,
      [
        asc,
        path.join(sources, 'index.ts'),
        `--outFile=${wasm}`,
        '-O3',
        '--noAssert',
        '--runtime=stub',
        '--importMemory',
        '--enable=simd',
        '--use=abort=',
        '--bindings=esm',
      ],
      { stdio: 'inherit' },
    );
    const bytes = fs.readFileSync(wasm);
    const text = `// Made by build.mjs from assembly/ (${bytes.length} bytes).\nexport const KERNELS =\n  '${bytes.toString('base64')}';\n`;
    replace(types, fs.readFileSync(path.join(folder, 'kernels.d.ts')));
    replace(target, text);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** In one step: a process beside this one never reads half a file. */
function replace(file, content) {
  fs.writeFileSync(`${file}.${process.pid}`, content);
  fs.renameSync(`${file}.${process.pid}`, file);
}
