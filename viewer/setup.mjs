/**
 * Makes a fresh clone ready: `node viewer/setup.mjs [--browser]`. Plain Node without a dependency, because it is
 * what installs the dependencies. Each step does nothing when its result is already there.
 */
import { StepError, requireNode } from './setup/step.mjs';
import { withLock } from './setup/lock.mjs';
import { installDependencies } from './setup/dependencies.mjs';
import { fetchOhif } from './setup/ohif.mjs';
import { buildPlugins } from './setup/build.mjs';
import { makeSample } from './setup/sample.mjs';
import { ensureBrowser } from './setup/browser.mjs';

try {
  requireNode(20, 19);
  await withLock(() => {
    installDependencies();
    fetchOhif();
    buildPlugins();
    makeSample();
    if (process.argv.includes('--browser')) ensureBrowser();
  });
} catch (error) {
  if (!(error instanceof StepError)) throw error;
  console.error(`setup: ${error.message}`);
  process.exitCode = 1;
}
