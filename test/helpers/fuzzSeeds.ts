import fs from 'node:fs';
import path from 'node:path';
import { deflateSync } from 'fflate';
import { encodePart10 } from '@vessels/dicom/part10';
import { openSeg, segGeometry } from '@vessels/dicom/seg';
import { TRANSFER_SYNTAX } from '@vessels/dicom/syntaxes';
import type { NaturalDataset } from '@vessels/dicom/types';
import type { Geometry } from '@vessels/volume/geometry';
import { pairs, sourceOf, writeCombination } from './segMatrix';

/** A sound file, and the series that it is read onto. */
export interface Seed {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly geometry: Geometry;
  readonly sources?: readonly NaturalDataset[];
}

/** SEGs of the test data that are small enough to be read ten thousand times. */
const FOREIGN = [
  'dcmqi/24x38x3/seg/label.seg',
  'dcmqi/sparse-labelmap-ppv5.dcm',
  'highdicom/seg_image_ct_binary.dcm',
  'highdicom/seg_image_ct_binary_overlap.dcm',
  'highdicom/seg_image_ct_true_fractional.dcm',
  'highdicom/seg_image_cr_binary.dcm',
  'highdicom/seg_image_sm_control_labelmap_palette_color.dcm',
  'pydicom/liver_rle.dcm',
  'pydicom/liver_nonbyte_aligned_deflate.dcm',
];
const DATA = path.resolve('../shared/data/seg');

/** Frames 200 mm apart would span a large grid, filled for nothing. */
const MAX_SLICES = 8;

const SMALL = ['1×1', '7×9', '10×10'];

function own(): Seed[] {
  return pairs()
    .filter(({ size }) => SMALL.includes(size))
    .map((one) => {
      const { geometry, sources, seg } = writeCombination(one, sourceOf(one));
      const name = `${one.size} ${one.arrangement} ${one.content} ${one.form}`;
      return { name, bytes: new Uint8Array(seg.bytes), geometry, sources };
    });
}

/** A file whose data set is deflated as a whole. */
function deflated({ bytes, ...rest }: Seed): Seed {
  const end = Buffer.from(bytes).indexOf(Buffer.of(0x08, 0x00, 0x05, 0x00));
  const meta = encodePart10({ SOPInstanceUID: '1.2' }, TRANSFER_SYNTAX.deflated);
  const head = Buffer.from(meta);
  const start = head.indexOf(Buffer.of(0x08, 0x00, 0x05, 0x00));
  return {
    ...rest,
    name: `${rest.name} deflated`,
    bytes: new Uint8Array(
      Buffer.concat([head.subarray(0, start), deflateSync(bytes.subarray(end))]),
    ),
  };
}

/** An image of a series, and one of many frames. */
function images(): Seed[] {
  return (['ascending', 'multiframe'] as const).map((arrangement) => {
    const { geometry, sources } = sourceOf({ size: '7×9', arrangement });
    const PixelData = new Uint8Array(126).buffer;
    const shared = { PixelMeasuresSequence: [{ PixelSpacing: [0.5, 0.4] }] };
    const bytes = encodePart10({
      ...sources[0]!,
      PixelData,
      ...(arrangement === 'multiframe' && {
        NumberOfFrames: 1,
        SharedFunctionalGroupsSequence: [shared],
        PerFrameFunctionalGroupsSequence: [
          { PlanePositionSequence: [{ ImagePositionPatient: [1, 2, 3] }] },
        ],
      }),
    });
    return { name: `image ${arrangement}`, bytes: new Uint8Array(bytes), geometry, sources };
  });
}

function foreign(): Seed[] {
  if (!fs.existsSync(DATA)) return [];
  const { geometry: elsewhere } = sourceOf({ size: '7×9', arrangement: 'oblique' });
  return FOREIGN.map((name) => {
    const bytes = new Uint8Array(fs.readFileSync(path.join(DATA, name)));
    const seg = openSeg(bytes);
    const hasPlace = seg.frames.every(({ position, orientation }) => position && orientation);
    const geometry = hasPlace ? segGeometry(seg) : elsewhere;
    const [nx, ny, nz] = geometry.dims;
    return { name, bytes, geometry: { ...geometry, dims: [nx, ny, Math.min(MAX_SLICES, nz)] } };
  });
}

/** All files that are damaged, always in the same order. */
export function seeds(withData: boolean): Seed[] {
  const ours = own();
  // fragments of RLE have no place in a deflated file
  const native = ours.filter(({ name }) => name.endsWith(' LE'));
  return [
    ...ours,
    ...native.slice(0, 4).map(deflated),
    ...images(),
    ...(withData ? foreign() : []),
  ];
}
