import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { CACHE, ROOT, StepError, run, say } from './step.mjs';

const OHIF = Object.freeze({
  spec: '@ohif/app@3.13.2',
  tarball: 'ohif-app-3.13.2.tgz',
  sha512:
    'WZdxmpmG7rqFgW9ZJLcbgr3XCtLi1KDNPoMaeY5PPe6j4G4fjEjjkycZM6C6Zk2F87BKxFfpq+jd5xXZB9E8EA==',
});

const TARBALL = path.join(CACHE, OHIF.tarball);
const FOLDER = path.join(CACHE, 'ohif');
const STAMP = path.join(FOLDER, '.sha512');

const sha512 = (file) => crypto.createHash('sha512').update(fs.readFileSync(file)).digest('base64');

function download() {
  say(`fetching ${OHIF.spec} (50 MB)`);
  const folder = fs.mkdtempSync(path.join(CACHE, 'pack-'));
  try {
    run('Fetching the viewer', 'npm', [
      'pack',
      OHIF.spec,
      '--pack-destination',
      path.relative(ROOT, folder),
    ]);
    const got = sha512(path.join(folder, OHIF.tarball));
    if (got !== OHIF.sha512)
      throw new StepError(
        `Fetching the viewer failed: ${OHIF.spec} has sha512 ${got}, expected ${OHIF.sha512}; it was not used.`,
      );
    fs.renameSync(path.join(folder, OHIF.tarball), TARBALL);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Puts the pinned, prebuilt OHIF viewer into .cache/ohif. Its dist/ort, a second copy of ONNX Runtime for a
 * tool that we do not offer, stays out. Its npm dependencies are neither needed nor resolvable, hence `npm pack`.
 */
export function fetchOhif() {
  if (fs.existsSync(STAMP) && fs.readFileSync(STAMP, 'utf8') === OHIF.sha512) return;
  if (!fs.existsSync(TARBALL) || sha512(TARBALL) !== OHIF.sha512) download();
  say('unpacking the viewer');
  const fresh = fs.mkdtempSync(path.join(CACHE, 'ohif-'));
  try {
    // relative names: a drive letter would read as a host name to some tar programs
    const from = path.relative(fresh, TARBALL).replaceAll('\\', '/');
    const args = ['--exclude=package/dist/ort', '--strip-components=1', '-xzf', from];
    run('Unpacking the viewer', 'tar', args, { cwd: fresh });
    fs.writeFileSync(path.join(fresh, '.sha512'), OHIF.sha512);
    fs.rmSync(FOLDER, { recursive: true, force: true });
    fs.renameSync(fresh, FOLDER);
  } finally {
    fs.rmSync(fresh, { recursive: true, force: true });
  }
}
