import { runtimeModule } from '../webpack.config.mjs';

/** The product's worker in a page without a viewer. */
export default runtimeModule('page', './bench/pipeline/page.ts');
