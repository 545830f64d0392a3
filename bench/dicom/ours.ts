import fs from 'node:fs';
import { readSeg, writeSeg } from '@vessels/dicom/seg';
import type { Timed } from '../kernels/operation';
import { differences, readBytes, sourceOf, type Job } from './job';

/** Our writer and reader. */
export function start(job: Job): Timed {
  const { geometry, instances, segments } = sourceOf(job);
  const sources = instances.map(({ PixelData: _pixels, ...dataset }) => dataset);
  const labelmap = readBytes(job.labelmap);
  if (job.step === 'decode') {
    const file = readBytes(job.seg);
    let found: Uint8Array = new Uint8Array();
    return {
      run: () => void (found = readSeg(file, geometry, sources).labelmap),
      figures: () => [differences(found, labelmap)],
    };
  }
  let bytes = new ArrayBuffer();
  const request = {
    geometry,
    sources,
    segments,
    labelmap,
    kind: job.kind,
    compression: job.kind === 'LABELMAP' ? 'rle' : 'native',
    software: { name: 'ohif-vessels', version: '0' },
  } as const;
  return {
    run: () => void (bytes = writeSeg(request).bytes),
    figures: () => {
      fs.writeFileSync(job.seg, Buffer.from(bytes));
      return [bytes.byteLength];
    },
  };
}
