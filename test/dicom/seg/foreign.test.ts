import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { decodePart10 } from '@vessels/dicom/part10';
import { imageFrames } from '@vessels/dicom/multiframe';
import { openSeg, placeSeg, readSeg, segGeometry, writeSeg } from '@vessels/dicom/seg';
import { seriesGeometry } from '@vessels/dicom/seriesGeometry';
import type { Vec3 } from '@vessels/volume/geometry';
import { describeWithData, readData } from '../../helpers/data';
import { dicomFile, dicomFiles } from '../../helpers/dicomSeries';
import { labelsOf, readNrrd } from '../../helpers/nrrd';
import { ANEURYSM } from '../../helpers/segments';

/** Voxels in which two volumes differ; all, when their sizes do. */
const differing = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  a.length === b.length ? Array.from(a).filter((value, i) => value !== b[i]).length : a.length;

const count = (labelmap: Uint8Array, [nx, ny, nz]: Vec3) =>
  Array.from(
    { length: nz },
    (_, k) => labelmap.subarray(k * nx * ny, (k + 1) * nx * ny).filter((v) => v > 0).length,
  );

describeWithData('SEGs by dcmqi', () => {
  const grid = (folder: string) =>
    seriesGeometry(dicomFiles(folder).map((file) => decodePart10(file).dataset)).geometry;
  const nrrd = (file: string) => readNrrd(readData(`seg/dcmqi/${file}`)).data;

  test('BINARY on a CT: the voxels of its NRRD', () => {
    const { labelmap, segments } = readSeg(
      dicomFile('seg/dcmqi/liver.dcm'),
      grid('seg/dcmqi/ct-3slice'),
    );
    expect(differing(labelmap, nrrd('liver_seg.nrrd'))).toBe(0);
    expect(segments).toMatchObject([{ number: 1, label: 'Liver', algorithmType: 'SEMIAUTOMATIC' }]);
  });

  test('BINARY of 24×38, its source series descending', () => {
    const { labelmap } = readSeg(
      dicomFile('seg/dcmqi/24x38x3/seg/label.seg'),
      grid('seg/dcmqi/24x38x3/image'),
    );
    expect(differing(labelmap, nrrd('24x38x3/nrrd/label.nrrd'))).toBe(0);
  });

  test('overlapping segments, frames in no order: the union of its NRRDs', () => {
    const { labelmap, segments } = readSeg(
      dicomFile('seg/dcmqi/partial_overlaps.dcm'),
      grid('seg/dcmqi/ct-3slice'),
    );
    const parts = [1, 2, 3].map((part) => nrrd(`partial_overlaps-${part}.nrrd`));
    const union = Uint8Array.from(labelmap, (_, i) => (parts.some((part) => part[i]) ? 1 : 0));
    expect(
      differing(
        labelmap.map((value) => (value ? 1 : 0)),
        union,
      ),
    ).toBe(0);
    expect(segments.map(({ label }) => label)).toEqual([
      'GREEN',
      'ORANGE',
      'PURPLE',
      'LIGHT_BLUE',
      'DARK_BLUE',
    ]);
  });

  test('overlapping segments, each: those that do not overlap share a NRRD', () => {
    const geometry = grid('seg/dcmqi/ct-3slice');
    const placed = placeSeg(openSeg(dicomFile('seg/dcmqi/partial_overlaps.dcm')), { geometry });
    const parts = [1, 2, 3].map((part) => nrrd(`partial_overlaps-${part}.nrrd`));
    for (const { number } of placed.segments) {
      const mask = placed.mask(number);
      expect(mask.includes(1)).toBe(true);
      const same = parts.filter((part) => part.every((v, i) => (v === number) === (mask[i] === 1)));
      expect(same).toHaveLength(1);
    }
  });

  test.each(['ppv5', 'noppv'])('label map with a slice left out (%s)', (name) => {
    const { labelmap, segments } = readSeg(
      dicomFile(`seg/dcmqi/sparse-labelmap-${name}.dcm`),
      grid('seg/dcmqi/24x38x3/image'),
    );
    // dcmqi fills the missing slice with Pixel Padding Value; for us it is background
    const expected = nrrd(`sparse_labelmap_${name}_seg.nrrd`).map((v) => (v === 5 ? 0 : v));
    expect(differing(labelmap, expected)).toBe(0);
    expect(segments.map(({ label }) => label)).toEqual(['Liver']);
  });

  test('BINARY of 24×38 on the multi-frame image of the same scan', () => {
    const { dataset } = decodePart10(dicomFile('seg/dcmqi/24x38x3/multiframe/mf.dcm'));
    const frames = imageFrames([dataset]);
    const { geometry, order } = seriesGeometry(frames);
    const sources = order.map((place) => frames[place]!);
    const { labelmap, notes } = readSeg(
      dicomFile('seg/dcmqi/24x38x3/seg/label.seg'),
      geometry,
      sources,
    );
    expect(differing(labelmap, nrrd('24x38x3/nrrd/label.nrrd'))).toBe(0);
    expect(notes).toEqual([]);
  });

  // these NRRDs have no SEG beside them; `npm run conformance` lets dcmqi write theirs
  test.each([
    ['heart_seg', [3]],
    ['liver_spine_seg', [1, 2]],
    ['liver_spine_gapped_seg', [1, 5]],
    ['spine_seg', [2]],
    ['spine_seg_label5', [5]],
  ])('%s through a label map of ours: the voxels of the NRRD', (name, labels) => {
    const images = dicomFiles('seg/dcmqi/ct-3slice').map((file) => decodePart10(file).dataset);
    const { geometry, order } = seriesGeometry(images);
    const mask = nrrd(`${name}.nrrd`);
    expect(labelsOf(mask)).toEqual(labels);
    const { bytes } = writeSeg({
      kind: 'LABELMAP',
      labelmap: Uint8Array.from(mask),
      geometry,
      segments: labels.map((number) => ({ ...ANEURYSM, number, label: `Label ${number}` })),
      sources: order.map((place) => images[place]!),
      software: { name: 'ohif-vessels tests', version: '1' },
    });
    const { labelmap, segments } = readSeg(bytes, geometry);
    expect(segments.map(({ label }) => label)).toEqual(labels.map((number) => `Label ${number}`));
    expect(differing(labelmap, mask)).toBe(0);
  });

  test('is refused on a series in another frame of reference', () => {
    expect(() =>
      readSeg(dicomFile('seg/dcmqi/liver.dcm'), grid('seg/dcmqi/24x38x3/image')),
    ).toThrow(/another Frame of Reference UID \(0020,0052\)/);
  });
});

describeWithData('the liver of pydicom in every encoding', () => {
  const liver = (name: string) => {
    const file = `seg/pydicom/${name}.dcm`;
    const geometry = segGeometry(openSeg(dicomFile(file)));
    return { labelmap: readSeg(dicomFile(file), geometry).labelmap, dims: geometry.dims };
  };
  const plain = () => liver('liver').labelmap;
  const odd = () => liver('liver_nonbyte_aligned').labelmap;

  test('native, 512×512: the voxels of dcmqi', () => {
    expect(differing(plain(), readNrrd(readData('seg/dcmqi/liver_seg.nrrd')).data)).toBe(0);
  });

  test('native, 510×510, bits that straddle frames: the voxels without their rim', () => {
    const [full, part] = [plain(), odd()];
    const crop = Uint8Array.from(part, (_, i) => {
      const [x, y, z] = [i % 510, Math.floor(i / 510) % 510, Math.floor(i / (510 * 510))];
      return full[x + 512 * (y + 512 * z)]!;
    });
    expect(differing(part, crop)).toBe(0);
  });

  test.each(['liver_rle', 'liver_deflate'])('%s', (name) => {
    expect(differing(liver(name).labelmap, plain())).toBe(0);
  });

  test.each(['liver_nonbyte_aligned_rle', 'liver_nonbyte_aligned_deflate'])('%s', (name) => {
    const { labelmap, dims } = liver(name);
    expect(differing(labelmap, odd())).toBe(0);
    expect(count(labelmap, dims)).toEqual([36233, 35645, 35220]);
  });

  test('JPEG 2000 is refused', () => {
    expect(() => liver('liver_j2k')).toThrow(/\(0002,0010\) 1\.2\.840\.10008\.1\.2\.4\.90/);
  });
});

describeWithData('SEGs by highdicom', () => {
  const read = (name: string) => {
    const file = `seg/highdicom/${name}.dcm`;
    const geometry = segGeometry(openSeg(dicomFile(file)));
    return { ...readSeg(dicomFile(file), geometry), dims: geometry.dims };
  };

  test('a fractional object of a binary mask is that mask', () => {
    const [binary, fractional] = [
      read('seg_image_ct_binary'),
      read('seg_image_ct_binary_fractional'),
    ];
    expect(differing(fractional.labelmap, binary.labelmap)).toBe(0);
    expect(binary.labelmap.some((value) => value === 1)).toBe(true);
  });

  test('a true fractional object is its half', () => {
    const { labelmap, dims } = read('seg_image_ct_true_fractional');
    // voxels of value 128 or more out of 255, counted with pydicom
    expect(count(labelmap, dims)).toEqual([127, 256, 255]);
  });

  test('frames beyond the series are left out with a note', () => {
    const geometry = segGeometry(openSeg(dicomFile('seg/highdicom/seg_image_ct_binary.dcm')));
    const overlap = openSeg(dicomFile('seg/highdicom/seg_image_ct_binary_overlap.dcm'));
    const placed = placeSeg(overlap, { geometry });
    expect(placed.notes).toEqual([
      '2 frames of the SEG lie beyond the series by Image Position (Patient) (0020,0032) and are left out.',
    ]);
    // frames 1 to 3 and 5 to 7 of pydicom's pixel array
    [1, 2].forEach((number, s) => {
      const frames = [1, 2, 3].flatMap((f) => [...overlap.pixels(4 * s + f)]);
      expect([...placed.mask(number)]).toEqual(frames);
    });
  });

  test('an image without place in the patient, and tiles of a slide, are refused', () => {
    const geometry = segGeometry(openSeg(dicomFile('seg/highdicom/seg_image_ct_binary.dcm')));
    for (const name of ['seg_image_cr_binary', 'seg_image_sm_dots'])
      expect(() => readSeg(dicomFile(`seg/highdicom/${name}.dcm`), geometry)).toThrow(/0020,0052/);
  });
});

describeWithData('what is no segmentation', () => {
  test.each(['highdicom/sm_annotations', 'highdicom/sr_document', 'highdicom/ct_image'])(
    '%s is refused',
    (name) => {
      expect(() => openSeg(dicomFile(`seg/${name}.dcm`))).toThrow(
        /no DICOM segmentation: it has no Segmentation Type/,
      );
    },
  );
});

describeWithData('the frames of every SEG are those that pydicom decodes', () => {
  /** The first 12 digits of the SHA-256 of pydicom's `pixel_array`, and how many frames it has. */
  const PYDICOM = {
    'dcmqi/24x38x3/seg/label.seg': ['824be3baed05', 3],
    'dcmqi/liver.dcm': ['86ceb97b1380', 3],
    'dcmqi/partial_overlaps.dcm': ['310acb58e082', 7],
    'dcmqi/sparse-labelmap-noppv.dcm': ['ad8fb567b71a', 2],
    'dcmqi/sparse-labelmap-ppv5.dcm': ['ad8fb567b71a', 2],
    'highdicom/seg_image_cr_binary.dcm': ['e8010f33d7ff', 1],
    'highdicom/seg_image_ct_binary.dcm': ['f9c8eb3fc734', 3],
    'highdicom/seg_image_ct_binary_fractional.dcm': ['239dce0c5ff2', 3],
    'highdicom/seg_image_ct_binary_overlap.dcm': ['bb1b340e0402', 8],
    'highdicom/seg_image_ct_binary_single_frame.dcm': ['a0ffe86f4e0b', 1],
    'highdicom/seg_image_ct_true_fractional.dcm': ['011020e50264', 3],
    'highdicom/seg_image_sm_control.dcm': ['916fb8c9447b', 20],
    'highdicom/seg_image_sm_control_labelmap.dcm': ['255e005c0fee', 20],
    'highdicom/seg_image_sm_control_labelmap_palette_color.dcm': ['255e005c0fee', 20],
    'highdicom/seg_image_sm_dots.dcm': ['f6f5f2317283', 62],
    'highdicom/seg_image_sm_dots_tiled_full.dcm': ['d9749b001db3', 1250],
    'highdicom/seg_image_sm_numbers.dcm': ['916fb8c9447b', 20],
    'pydicom/liver.dcm': ['86ceb97b1380', 3],
    'pydicom/liver_rle.dcm': ['86ceb97b1380', 3],
    'pydicom/liver_deflate.dcm': ['86ceb97b1380', 3],
    'pydicom/liver_nonbyte_aligned.dcm': ['842dd64c92ce', 3],
    'pydicom/liver_nonbyte_aligned_rle.dcm': ['842dd64c92ce', 3],
    'pydicom/liver_nonbyte_aligned_deflate.dcm': ['842dd64c92ce', 3],
  } as const;

  test.each(Object.entries(PYDICOM))('%s', (name, [digest, frames]) => {
    const seg = openSeg(dicomFile(`seg/${name}`));
    expect(seg.frames).toHaveLength(frames);
    const hash = createHash('sha256');
    seg.frames.forEach((_, f) => hash.update(seg.pixels(f)));
    expect(hash.digest('hex').slice(0, 12)).toBe(digest);
  });
});
