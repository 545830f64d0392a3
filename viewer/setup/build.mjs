import fs from 'node:fs';
import path from 'node:path';
import { CACHE, ROOT, run, say } from './step.mjs';
import { fingerprint, isStamped } from './sources.mjs';

const SOURCES = ['src', 'extension/src', 'mode/src', 'webpack.config.mjs', 'package-lock.json'];
const RESULTS = ['extension/dist/ohif-extension-vessels.mjs', 'mode/dist/ohif-mode-vessels.mjs'];
const STAMP = path.join(CACHE, 'built');

/** Compiles the kernels to WebAssembly when their sources have changed. */
export function buildKernels() {
  run('Compiling the kernels', process.execPath, ['src/wasm/build.mjs'], { show: true });
}

/** Builds the extension and the mode when their sources have changed. */
export function buildPlugins() {
  const models = fingerprint(['models'], (file) => /^models\/[^/]+\.(onnx|json)$/.test(file));
  const sources = fingerprint(SOURCES) + models;
  const present = RESULTS.every((file) => fs.existsSync(path.join(ROOT, file)));
  if (present && isStamped(STAMP, sources)) return;
  say('building the extension and the mode');
  run('Building', process.execPath, ['node_modules/webpack/bin/webpack.js'], { show: true });
  fs.writeFileSync(STAMP, sources);
}
