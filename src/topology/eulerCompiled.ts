import type { Kernels } from '../wasm/kernels';
import { planeRoom, type PlaneRoom, type Planes } from './planes';

/** `eulerNumber` of a mask that comes plane by plane. */
export function eulerCompiled(kernels: Kernels, planes: Planes, connectivity: 6 | 26): number {
  const { rows, rowBytes, count } = planes;
  const empty = { ...planeRoom(kernels, planes), isFilled: false };
  const rooms = [planeRoom(kernels, planes), planeRoom(kernels, planes)];
  let before: PlaneRoom & { isFilled: boolean } = empty;
  let euler = 0;
  for (let plane = 0; plane <= count; plane++) {
    const room = rooms[plane % 2];
    const isFilled = plane < count && planes.read(plane, room);
    const here = isFilled ? { ...room, isFilled } : empty;
    if (isFilled || before.isFilled)
      euler += kernels.run.eulerOfPlanes(
        here.words,
        here.occupied,
        before.words,
        before.occupied,
        rowBytes,
        rows,
        connectivity === 26 ? 1 : 0,
      );
    before = here;
  }
  return euler;
}
