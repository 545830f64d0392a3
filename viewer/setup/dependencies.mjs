import fs from 'node:fs';
import path from 'node:path';
import { ROOT, run, say } from './step.mjs';

/** @param {string} file @returns {Record<string, {version?: string}>} packages of a lock file by their folder */
function packagesOf(file) {
  try {
    return JSON.parse(fs.readFileSync(path.join(ROOT, file), 'utf8')).packages;
  } catch {
    return {};
  }
}

/**
 * Compares the lock file with the one that npm leaves in node_modules at the end of an installation.
 * Optional packages may be absent: they are made for other platforms.
 * @returns {boolean} whether what is installed is what is locked
 */
export function isInstalled() {
  const installed = packagesOf('node_modules/.package-lock.json');
  return Object.entries(packagesOf('package-lock.json'))
    .filter(([folder, { link }]) => folder.includes('node_modules/') && !link)
    .every(([folder, { version, optional, devOptional }]) =>
      folder in installed ? installed[folder].version === version : optional || devOptional,
    );
}

/** Installs the locked dependencies from the npm registry when they are not there. */
export function installDependencies() {
  if (isInstalled()) return;
  say('installing the dependencies (npm ci)');
  run('Installing the dependencies', 'npm', ['ci', '--no-audit', '--no-fund']);
}
