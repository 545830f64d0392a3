import fs from 'node:fs';
import path from 'node:path';
import { DICOMWEB_PLUGIN } from './orthanc';
import { has, must, run } from './command';

/** What the checks need, and the Debian package that brings it. */
const TOOLS: readonly { readonly package: string; readonly present: () => boolean }[] = [
  { package: 'dicom3tools', present: () => has('dciodvfy') },
  { package: 'dcmtk', present: () => has('dcmdump') && has('dcm2pnm') },
  { package: 'orthanc', present: () => has('Orthanc') },
  { package: 'orthanc-dicomweb', present: () => fs.existsSync(DICOMWEB_PLUGIN) },
  { package: 'python3', present: () => has('python3') },
  { package: 'python3-venv', present: () => run('python3', ['-c', 'import ensurepip']).ok },
];

/** Pinned: what they accept is part of the result. */
export const PYTHON_PACKAGES = [
  'highdicom==0.28.2',
  'pydicom==3.0.2',
  'nibabel==5.3.2',
  'dcmqi==1.5.7',
];

function installTools(): void {
  const missing = TOOLS.filter(({ present }) => !present()).map((tool) => tool.package);
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0 || !has('apt-get'))
    throw new Error(
      `The conformance run needs the Debian packages ${missing.join(', ')}: install them, or run it as root on Debian or Ubuntu.`,
    );
  console.log(`installing ${missing.join(', ')}`);
  process.env.DEBIAN_FRONTEND = 'noninteractive';
  must('apt-get', ['update', '-q']);
  must('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...missing]);
}

/** Python with highdicom, in .cache. */
function makePython(): string {
  const folder = path.resolve('.cache/conformance', PYTHON_PACKAGES.join('-'));
  const python = path.join(folder, 'bin/python');
  if (run(python, ['-c', 'import highdicom, nibabel, dcmqi']).ok) return python;
  console.log(`installing ${PYTHON_PACKAGES.join(' and ')} into .cache`);
  fs.rmSync(folder, { recursive: true, force: true });
  must('python3', ['-m', 'venv', folder]);
  must(python, ['-m', 'pip', 'install', '-q', '--disable-pip-version-check', ...PYTHON_PACKAGES]);
  return python;
}

/** The tools of the run. */
export interface Tools {
  readonly python: string;
  readonly dicomwebPlugin: string;
}

/**
 * Install what is missing: Debian packages as root, Python packages into .cache.
 *
 * @throws Error with one sentence when something cannot be had
 */
export function setUp(): Tools {
  installTools();
  return { python: makePython(), dicomwebPlugin: DICOMWEB_PLUGIN };
}
