import { runtimeModule } from '../../webpack.config.mjs';

/** The learned skeletonizer in a page without a viewer. */
const page = runtimeModule('page', './bench/skeletons/page.ts');

export default {
  ...page,
  output: { ...page.output, path: new URL('dist', import.meta.url).pathname },
};
