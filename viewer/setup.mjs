/**
 * Makes a fresh clone ready: `node viewer/setup.mjs [--browser]`. Plain Node without a dependency, because it is
 * what installs the dependencies. Each step does nothing when its result is already there.
 */
import { StepError, reasonOf, requireNode } from './setup/step.mjs';
import { withLock } from './setup/lock.mjs';
import { installDependencies } from './setup/dependencies.mjs';
import { fetchOhif } from './setup/ohif.mjs';
import { buildKernels, buildPlugins } from './setup/build.mjs';
import { makeSample } from './setup/sample.mjs';
import { ensureBrowser } from './setup/browser.mjs';

try {
  requireNode(20, 19);
  await withLock(() => {
    installDependencies();
    buildKernels();
    fetchOhif();
    buildPlugins();
    makeSample();
    if (process.argv.includes('--browser')) ensureBrowser();
  });
} catch (error) {
  // the system's errors have a code; anything else is a mistake of ours and keeps its trace
  if (!(error instanceof StepError) && !error.code) throw error;
  const system = error instanceof StepError ? '' : `it stopped: ${reasonOf(error.message)}.`;
  console.error(`setup: ${system || error.message}`);
  process.exitCode = 1;
}
