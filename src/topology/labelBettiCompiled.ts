import type { Vec3 } from '../volume/geometry';
import type { Kernels } from '../wasm/kernels';
import type { Betti } from './betti';
import { boxAround, type Labelmap, type LabelTopology, type MaskTopology } from './labelBetti';
import { labelPlanes } from './labelPlanes';
import { RunWindow } from './runWindow';

/** What assembly/labels.ts knows of a label: i32 values. */
const STATE = 13;

/** `labelBetti`, plane by plane. */
export function labelBettiCompiled(kernels: Kernels, labels: Labelmap, dims: Vec3): LabelTopology {
  const { mergeLabels, sortLabels } = kernels.run;
  const readPlane = labelPlanes(kernels, labels, dims);
  const merged = new RunWindow(kernels);
  const apart = new RunWindow(kernels);
  const size = possibleLabels(labels);
  const states = kernels.zeros(4 * STATE * size);
  const presentBytes = 8 * Math.ceil(size / 64);
  const present = kernels.zeros(presentBytes);
  const totals = kernels.zeros(12);
  let [directory, directoryBefore] = [emptyDirectory(kernels, size), emptyDirectory(kernels, size)];
  for (let z = 0; z <= dims[2]; z++) {
    const plane = z < dims[2] ? readPlane(z) : NOTHING; // an empty plane behind the last
    if (plane.runs === 0 && merged.isEmpty) continue;
    const { list, end } = plane;
    merged.turn(plane.pieces);
    merged.listed = mergeLabels(list, end, merged.rows, merged.runs);
    merged.join(totals);

    apart.turn(plane.runs);
    [directory, directoryBefore] = [directoryBefore, directory];
    const { rows, runs } = apart;
    apart.listed = sortLabels(list, end, z, states, present, presentBytes, directory, rows, runs);
    apart.joinLabels(directory, directoryBefore, states);
  }
  return gather(
    kernels.take(states, STATE * size, Int32Array),
    bettiOf(kernels.take(totals, 3, Int32Array)),
  );
}

/** One more than the largest label; where that would take longer to find than to clear room, that can be. */
function possibleLabels(labels: Labelmap): number {
  if (labels.length >= 2 ** 16) return 256 ** labels.BYTES_PER_ELEMENT;
  let most = 0;
  for (const label of labels) most = Math.max(most, label);
  return most + 1;
}

const NOTHING = Object.freeze({ list: 0, end: 0, runs: 0, pieces: 0 });

/** Room for the sections of a plane, closed before the first. */
function emptyDirectory(kernels: Kernels, sections: number): number {
  const directory = kernels.scratch(8 * (sections + 1));
  kernels.write(directory, Int32Array.of(-1, 0));
  return directory;
}

const bettiOf = ([b0, b2, euler]: Int32Array): Betti => ({ b0, b1: b0 + b2 - euler, b2 });

function gather(states: Int32Array, merged: Betti): LabelTopology {
  const labels = new Map<number, MaskTopology>();
  for (let at = 0; at < states.length; at += STATE) {
    if (states[at + 3] === 0) continue;
    const state = states.subarray(at, at + STATE);
    const [, , , voxels, x0, y0, z0, x1, y1, z1] = state;
    labels.set(at / STATE, {
      voxels: voxels >>> 0,
      box: { low: [x0, y0, z0], high: [x1, y1, z1] },
      betti: bettiOf(state),
    });
  }
  const all = [...labels.values()];
  return {
    labels,
    merged: {
      voxels: all.reduce((sum, { voxels }) => sum + voxels, 0),
      box: boxAround(all.map(({ box }) => box)),
      betti: merged,
    },
  };
}
