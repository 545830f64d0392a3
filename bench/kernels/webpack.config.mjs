import path from 'node:path';
import { runtimeModule } from '../../webpack.config.mjs';

const dist = path.join(import.meta.dirname, '../dist');
const web = runtimeModule('page', './bench/kernels/page.ts');
const node = runtimeModule('child', './bench/kernels/child.ts');

/** The kernels as the product's build makes them: in a page with workers, and in a process of Node. */
export default [
  { ...web, output: { ...web.output, path: path.join(dist, 'kernels-web') } },
  {
    ...node,
    target: 'node20.19',
    output: { ...node.output, path: path.join(dist, 'kernels-node') },
  },
];
