import path from 'node:path';
import { createRequire } from 'node:module';
import CopyPlugin from 'copy-webpack-plugin';

const root = import.meta.dirname;
const ort = path.join(path.dirname(createRequire(import.meta.url).resolve('onnxruntime-web')), '.');

/** OHIF sets these globals when its cornerstone chunk has loaded; the host's instance must be ours too. */
const HOST_GLOBALS = {
  '@cornerstonejs/core': 'cornerstone',
  '@cornerstonejs/tools': 'cornerstoneTools',
};

export const runtimeModule = (name, entry, plugins = []) => ({
  name,
  mode: 'production',
  target: ['web', 'es2022'],
  context: root,
  entry: { [name]: entry },
  devtool: 'source-map',
  experiments: { outputModule: true },
  output: {
    path: path.join(root, path.dirname(entry), '../dist'),
    filename: '[name].mjs',
    chunkFilename: '[name].[contenthash:8].js',
    library: { type: 'module' },
    publicPath: 'auto',
    clean: true,
  },
  resolve: {
    extensions: ['.tsx', '.ts', '.mjs', '.js'],
    alias: { '@vessels': path.join(root, 'src') },
    // ONNX Runtime without a second copy of its .wasm in the bundle: we serve it from ort/
    conditionNames: ['onnxruntime-web-use-extern-wasm', '...'],
    // Parts of libraries that would need Node: none of them is called here.
    fallback: { fs: false, path: false, crypto: false, url: false },
  },
  module: {
    rules: [
      {
        // It finds its own files by the address that we give it; a URL taken apart here would copy them again.
        test: /[\\/]onnxruntime-web[\\/].*\.mjs$/,
        parser: { url: false, importMeta: false },
      },
      {
        test: /\.tsx?$/,
        use: {
          loader: 'swc-loader',
          options: {
            jsc: {
              target: 'es2022',
              parser: { syntax: 'typescript', tsx: true },
              transform: { react: { runtime: 'automatic' } },
            },
          },
        },
      },
    ],
  },
  externals: Object.fromEntries(
    Object.entries(HOST_GLOBALS).map(([pkg, name]) => [
      pkg,
      `promise new Promise((done) => { const look = () => (globalThis.${name} ? done(globalThis.${name}) : setTimeout(look, 10)); look(); })`,
    ]),
  ),
  plugins,
  performance: { hints: false },
});

export default [
  runtimeModule('ohif-extension-vessels', './extension/src/index.ts', [
    new CopyPlugin({
      patterns: [
        {
          from: path.join(ort, 'ort-wasm-simd-threaded.asyncify.{mjs,wasm}').replaceAll('\\', '/'),
          to: 'ort/[name][ext]',
        },
        {
          from: 'models/*.{onnx,json}',
          to: 'models/[name][ext]',
          context: root,
          noErrorOnMissing: true,
        },
        {
          from: 'models/*.json',
          to: 'models/index.json',
          context: root,
          noErrorOnMissing: true,
          /** The manifests as one list: what the extension offers without asking for a folder's contents. */
          transformAll: (assets) => `[${assets.map(({ data }) => data.toString()).join(',')}]`,
        },
      ],
    }),
  ]),
  runtimeModule('ohif-mode-vessels', './mode/src/index.ts'),
];
