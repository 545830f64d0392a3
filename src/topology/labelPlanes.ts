import type { Vec3 } from '../volume/geometry';
import type { Kernels } from '../wasm/kernels';
import type { Labelmap } from './labelBetti';

/** The runs of a plane of a labelmap, as assembly/labels.ts lists them. */
export interface ListedPlane {
  /** The list in the kernels' memory, until the next plane is read. */
  readonly list: number;
  readonly end: number;
  /** Runs of single labels. */
  readonly runs: number;
  /** Runs of foreground: those of any labels, side by side. */
  readonly pieces: number;
}

/** Bytes of a labelmap that are copied at a time; they should stay in the cache. */
const CHUNK = 2 ** 18;

/** Bytes of a listed run. */
const RUN_BYTES = 16;

/** Give the planes (z) of a labelmap one at a time, as runs. */
export function labelPlanes(
  kernels: Kernels,
  labels: Labelmap,
  [nx, ny]: Vec3,
): (plane: number) => ListedPlane {
  const { run } = kernels;
  const isWide = labels.BYTES_PER_ELEMENT === 2;
  const changesOf = isWide ? run.changesOf16 : run.changesOf8;
  const listLabels = isWide ? run.listLabels16 : run.listLabels8;

  const source = new Uint8Array(labels.buffer, labels.byteOffset, labels.byteLength);
  const lineBytes = nx * labels.BYTES_PER_ELEMENT;
  const rowBytes = 8 * ((nx >>> 6) + 1);
  const step = Math.min(ny, Math.max(1, Math.floor(CHUNK / lineBytes)));
  const bytes = kernels.scratch(step * lineBytes);
  const words = kernels.scratch(step * rowBytes);
  const pieces = kernels.scratch(4);
  let room = 2 ** 16;
  let list = kernels.scratch(room);

  /** Make the list longer without losing what it holds. */
  function reach(held: number, needed: number): void {
    if (needed <= room) return;
    room = 2 * needed;
    const longer = kernels.scratch(room);
    kernels.write(longer, kernels.take(list, held, Uint8Array));
    list = longer;
  }

  return (plane) => {
    let held = 0;
    kernels.write(pieces, Int32Array.of(0));
    for (let y = 0; y < ny; y += step) {
      const rows = Math.min(step, ny - y);
      const first = (plane * ny + y) * lineBytes;
      kernels.write(bytes, source.subarray(first, first + rows * lineBytes));
      const changes = changesOf(bytes, nx, rows, words, rowBytes);
      if (changes === 0) continue;
      reach(held, held + RUN_BYTES * changes);
      held = listLabels(bytes, nx, rows, words, rowBytes, y, list + held, pieces) - list;
    }
    return {
      list,
      end: list + held,
      runs: held / RUN_BYTES,
      pieces: held > 0 ? kernels.take(pieces, 1, Int32Array)[0] : 0,
    };
  };
}
