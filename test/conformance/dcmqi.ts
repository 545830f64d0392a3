import fs from 'node:fs';
import path from 'node:path';
import { type Geometry, indexToWorld, type Vec3, worldToIndex } from '@vessels/volume/geometry';
import { readNrrd } from '../helpers/nrrd';
import { must } from './command';

/**
 * The voxels of a SEG as dcmqi (ITK, DCMTK) decodes and places them: its segimage2itkimage, then its NRRD by the
 * origin and the axes that it says.
 *
 * @param python that has dcmqi
 * @param folder for what dcmqi writes
 */
export function decodeWithDcmqi(
  python: string,
  file: string,
  geometry: Geometry,
  folder: string,
): Uint8Array {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  const program = path.join(path.dirname(python), 'segimage2itkimage');
  must(program, [
    ...['--inputDICOM', file, '--outputDirectory', folder],
    ...['--outputType', 'nrrd', '--mergeSegments'],
  ]);
  const { data, dims, origin, steps } = readNrrd(fs.readFileSync(path.join(folder, '1.nrrd')));
  const first = voxelAt(geometry, origin);
  const last = steps.reduce<Vec3>(
    (at, step, axis) => at.map((mm, i) => mm + (dims[axis]! - 1) * step[i]!) as unknown as Vec3,
    origin,
  );
  const end = voxelAt(geometry, last);
  if (end.some((index, axis) => index - first[axis]! !== dims[axis]! - 1))
    throw new Error(`dcmqi places the voxels from ${first.join()} to ${end.join()}`);
  const [nx, ny, nz] = geometry.dims;
  const labelmap = new Uint8Array(nx * ny * nz);
  for (let v = 0, k = 0; k < dims[2]; k++)
    for (let j = 0; j < dims[1]; j++)
      for (let i = 0; i < dims[0]; i++, v++)
        labelmap[i + first[0] + nx * (j + first[1] + ny * (k + first[2]))] = data[v]!;
  return labelmap;
}

/** The voxel at a place, which must be its centre. */
function voxelAt(geometry: Geometry, world: Vec3): Vec3 {
  const index = worldToIndex(geometry, world);
  const voxel = index.map(Math.round) as unknown as Vec3;
  const back = indexToWorld(geometry, voxel);
  if (
    Math.hypot(...back.map((mm, axis) => mm - world[axis]!)) >
    0.05 * Math.min(...geometry.spacing)
  )
    throw new Error(`dcmqi places a voxel at ${world.join()} mm, between those of the series`);
  return voxel;
}
