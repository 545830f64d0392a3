import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root of the repository. */
export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** Downloads and unpacked archives; safe to delete. */
export const CACHE = path.join(ROOT, '.cache');

/** A step that failed; the message is one sentence for the person at the terminal. */
export class StepError extends Error {}

/** @param {string} line what the step did or does */
export const say = (line) => console.log(`setup: ${line}`);

/** What went wrong with a command, told from its output; the first match wins. */
const REASONS = Object.freeze([
  [/ENOSPC|No space left/i, 'the disk is full; free some space and run it again'],
  [
    /EACCES|EPERM|EROFS/,
    'a folder of the repository cannot be written; check its owner and permissions',
  ],
  [
    /ENOTFOUND|ECONNREFUSED|ECONNRESET|EAI_AGAIN|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET|network/i,
    'its server was not reached; check the connection, the proxy settings and `npm config get registry`',
  ],
  [/E404|ETARGET/, 'the npm registry does not have it; check `npm config get registry`'],
  [/E401|E403/, 'the npm registry refused access; check the login of `npm config get registry`'],
]);

/** @param {string} output @returns {string} the reason as the end of a sentence */
export function reasonOf(output) {
  const known = REASONS.find(([pattern]) => pattern.test(output));
  if (known) return known[1];
  const lines = output
    .split('\n')
    .filter((line) => !/^npm (warn|error code)|complete log/.test(line))
    .map((line) => line.replace(/^npm error/, '').trim())
    .filter(Boolean);
  const telling = lines.find((line) => /\b(error|cannot|can only)\b/i.test(line));
  return (telling ?? lines.at(-1) ?? 'no reason was given').replace(/\.$/, '');
}

/**
 * Runs a command in the repository and waits for it.
 * @param {string} what the step, for the sentence on failure
 * @param {string} command @param {string[]} args
 * @param {{cwd?: string, env?: Record<string, string>, timeout?: number, show?: boolean}} [options] timeout in
 *   ms; show: print what the command wrote when it fails, for those who can mend it
 * @returns {string} its standard output
 * @throws {StepError} when it cannot be started or ends with an error
 */
export function run(what, command, args, options = {}) {
  const result = spawnSync(command, args, {
    cwd: options.cwd ?? ROOT,
    env: { ...process.env, ...options.env },
    timeout: options.timeout,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    // npm is a .cmd file on Windows, which only a shell starts
    shell: process.platform === 'win32' && command === 'npm',
  });
  if (result.error && result.error.code === 'ENOENT')
    throw new StepError(`${what} failed: the program "${command}" is not installed.`);
  if (result.error && result.error.code === 'ETIMEDOUT')
    throw new StepError(`${what} failed: it took longer than ${options.timeout / 1000} s.`);
  if (result.error) throw new StepError(`${what} failed: ${result.error.message}.`);
  if (result.status !== 0 && options.show) console.error(result.stdout + result.stderr);
  if (result.status !== 0)
    throw new StepError(`${what} failed: ${reasonOf(result.stderr + result.stdout)}.`);
  return result.stdout;
}

/** @param {number} major @param {number} minor @throws {StepError} when this Node is older */
export function requireNode(major, minor) {
  const [haveMajor, haveMinor] = process.versions.node.split('.').map(Number);
  if (haveMajor > major || (haveMajor === major && haveMinor >= minor)) return;
  throw new StepError(
    `Node ${major}.${minor} or newer is needed, this is ${process.versions.node}; install a current Node.`,
  );
}
