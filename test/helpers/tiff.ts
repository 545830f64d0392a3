import UTIF from 'utif2';
import type { Vec3 } from '@vessels/volume/geometry';

/** Grey pages of a TIFF as one stack, x fastest: [width, height, pages]. 8 bits a sample. */
export function readTiffStack(file: Buffer): { data: Uint8Array; dims: Vec3 } {
  const bytes = new Uint8Array(file).buffer;
  const pages = UTIF.decode(bytes);
  const planes = pages.map((page) => {
    UTIF.decodeImage(bytes, page);
    if (page.data.length !== page.width * page.height) throw new Error('TIFF is not 8-bit grey');
    return page.data;
  });
  const { width, height } = pages[0];
  const data = new Uint8Array(width * height * planes.length);
  planes.forEach((plane, z) => data.set(plane, z * width * height));
  return { data, dims: [width, height, planes.length] };
}
