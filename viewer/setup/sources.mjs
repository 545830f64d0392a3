import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { ROOT } from './step.mjs';

function* filesUnder(name) {
  const full = path.join(ROOT, name);
  if (!fs.existsSync(full)) return;
  if (fs.statSync(full).isFile()) {
    yield name;
    return;
  }
  for (const entry of fs.readdirSync(full).sort()) yield* filesUnder(path.posix.join(name, entry));
}

/**
 * Fingerprint of the content of files: unlike times, it survives a checkout and tells a removed file.
 * @param {string[]} names files and folders relative to the repository
 * @param {(file: string) => boolean} [wanted] which of the files count
 * @returns {string} sha256, hexadecimal
 */
export function fingerprint(names, wanted = () => true) {
  const hash = crypto.createHash('sha256');
  for (const name of names)
    for (const file of filesUnder(name)) {
      if (!wanted(file)) continue;
      hash.update(file).update(fs.readFileSync(path.join(ROOT, file)));
    }
  return hash.digest('hex');
}

/** @param {string} stamp file @param {string} value @returns {boolean} whether the stamp holds the value */
export const isStamped = (stamp, value) =>
  fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === value;
