import { expect, test } from '@jest/globals';
import { decodePart10 } from '@vessels/dicom/part10';
import { readSeg } from '@vessels/dicom/seg';
import { seriesGeometry } from '@vessels/dicom/seriesGeometry';
import { itemsOf, numberOf, numbersOf, textOf } from '@vessels/dicom/values';
import type { Geometry, Vec3 } from '@vessels/volume/geometry';
import { describeWithData, readData } from '../helpers/data';
import { dicomFile, dicomFiles } from '../helpers/dicomSeries';
import { readNrrd } from '../helpers/nrrd';

/** The grid that the frames of a SEG span by themselves, where its source is not at hand. */
function ownGrid(file: string): Geometry {
  const { dataset } = decodePart10(dicomFile(file));
  const [shared] = itemsOf(dataset, 'SharedFunctionalGroupsSequence');
  const [measures] = itemsOf(shared!, 'PixelMeasuresSequence');
  const frames = itemsOf(dataset, 'PerFrameFunctionalGroupsSequence').map((frame) => {
    const [plane] = itemsOf(frame, 'PlanePositionSequence');
    return {
      ImagePositionPatient: numbersOf(plane!, 'ImagePositionPatient', 3),
      ImageOrientationPatient: numbersOf(
        itemsOf(shared!, 'PlaneOrientationSequence')[0]!,
        'ImageOrientationPatient',
        6,
      ),
      PixelSpacing: numbersOf(measures!, 'PixelSpacing', 2),
      FrameOfReferenceUID: textOf(dataset, 'FrameOfReferenceUID'),
      Rows: numberOf(dataset, 'Rows'),
      Columns: numberOf(dataset, 'Columns'),
    };
  });
  const places = new Map(frames.map((frame) => [String(frame.ImagePositionPatient), frame]));
  return seriesGeometry([...places.values()]).geometry;
}

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

  test('is refused on a series in another frame of reference', () => {
    expect(() =>
      readSeg(dicomFile('seg/dcmqi/liver.dcm'), grid('seg/dcmqi/24x38x3/image')),
    ).toThrow(/another Frame of Reference UID \(0020,0052\)/);
  });
});

describeWithData('the liver of pydicom in every encoding', () => {
  const liver = (name: string) => {
    const file = `seg/pydicom/${name}.dcm`;
    const geometry = ownGrid(file);
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
    const geometry = ownGrid(file);
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

  test('a frame that lies on no slice of the series is refused', () => {
    const geometry = ownGrid('seg/highdicom/seg_image_ct_binary.dcm');
    expect(() =>
      readSeg(dicomFile('seg/highdicom/seg_image_ct_binary_overlap.dcm'), geometry),
    ).toThrow(/lies on no slice .*\(0020,0032\)/);
  });

  test('an image without place in the patient, and tiles of a slide, are refused', () => {
    const geometry = ownGrid('seg/highdicom/seg_image_ct_binary.dcm');
    for (const name of ['seg_image_cr_binary', 'seg_image_sm_dots'])
      expect(() => readSeg(dicomFile(`seg/highdicom/${name}.dcm`), geometry)).toThrow(/0020,0052/);
  });
});
