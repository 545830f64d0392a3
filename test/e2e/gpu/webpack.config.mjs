import { runtimeModule } from '../../../webpack.config.mjs';

/** Modules of the product in a page of their own, for what only a browser with WebGPU can show. */
const page = runtimeModule('page', './test/e2e/gpu/page.ts');

export default {
  ...page,
  devtool: false,
  optimization: { minimize: false },
  output: { ...page.output, path: new URL('dist', import.meta.url).pathname },
};
