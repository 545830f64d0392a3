import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { ROOT, StepError, run, say } from './step.mjs';

const NAMES = ['chromium', 'google-chrome', 'google-chrome-stable', 'chromium-browser', 'chrome'];

/** Where the installers put it, when it is not on the PATH. */
const PLACES = Object.freeze({
  linux: [
    '/usr/bin/chromium',
    '/usr/lib/chromium/chromium',
    '/opt/google/chrome/chrome',
    '/snap/bin/chromium',
  ],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    path.join(os.homedir(), 'Applications/Google Chrome.app/Contents/MacOS/Google Chrome'),
  ],
  win32: [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
    .filter(Boolean)
    .map((folder) => path.join(folder, 'Google/Chrome/Application/chrome.exe')),
});

/** A browser may be there and lack its libraries; only starting it tells. Windows opens a window instead. */
const works = (file) =>
  fs.existsSync(file) &&
  (process.platform === 'win32' || spawnSync(file, ['--version'], { timeout: 20000 }).status === 0);

function playwrightsOwn() {
  try {
    return [createRequire(import.meta.url)('playwright-core').chromium.executablePath()];
  } catch {
    return [];
  }
}

/** @returns {string | undefined} the executable of a Chrome or Chromium that starts; CHROME_PATH goes first */
export function findBrowser() {
  const named = process.env.CHROME_PATH;
  if (named && !works(named))
    throw new StepError(
      `CHROME_PATH names "${named}", which does not start; correct it or unset it.`,
    );
  const onPath = (process.env.PATH ?? '')
    .split(path.delimiter)
    .flatMap((folder) => NAMES.map((name) => path.join(folder, name)));
  const installed = PLACES[process.platform] ?? [];
  return [named, ...onPath, ...installed, ...playwrightsOwn()].find((file) => file && works(file));
}

function isRootOnDebian() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const release = '/etc/os-release';
  return (
    fs.existsSync(release) &&
    /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(fs.readFileSync(release, 'utf8'))
  );
}

function installFromPlaywright() {
  say('no Chrome or Chromium found, downloading Chromium (Playwright)');
  const cli = path.join(ROOT, 'node_modules/playwright-core/cli.js');
  run('Downloading Chromium', process.execPath, [cli, 'install', 'chromium'], {
    env: { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000' },
    timeout: 600000,
  });
}

function installFromDebian() {
  if (!isRootOnDebian())
    throw new StepError(
      'the distribution packages can be installed by root on Debian and Ubuntu only.',
    );
  say('installing the chromium package of the distribution');
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  run('apt-get update', 'apt-get', ['update', '-q'], { env, timeout: 300000 });
  run('apt-get install', 'apt-get', ['install', '-yq', '--no-install-recommends', 'chromium'], {
    env,
    timeout: 600000,
  });
}

/** Makes sure that the tests have a browser: an installed one, Playwright's, or the distribution's. */
export function ensureBrowser() {
  if (findBrowser()) return;
  for (const install of [installFromPlaywright, installFromDebian]) {
    try {
      install();
      if (findBrowser()) return;
      say('it was installed and does not start here');
    } catch (error) {
      if (!(error instanceof StepError)) throw error;
      say(error.message);
    }
  }
  throw new StepError(
    'no browser for the tests; install Google Chrome or Chromium, or name one in the variable CHROME_PATH.',
  );
}
