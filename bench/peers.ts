import path from 'node:path';
import { openPython, type OwnPython } from '../test/helpers/python';

const PEERS = path.resolve(import.meta.dirname, 'peers');

/** scikit-image, scipy and others for the benches; without Python, one line says that they are left out. */
export function openPeerPython(): OwnPython | undefined {
  try {
    return openPython('bench/python', [
      { file: path.join(PEERS, 'requirements.txt'), what: 'the peers' },
      {
        file: path.join(PEERS, 'requirements-itk.txt'),
        options: ['--no-deps'],
        what: "ITK's thinning",
        optional: true,
      },
    ]);
  } catch (error) {
    console.log(`The peers are left out. ${(error as Error).message}`);
    return undefined;
  }
}
