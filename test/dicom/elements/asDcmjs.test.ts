import { expect, test } from '@jest/globals';
import dcmjs from 'dcmjs';
import { decodePart10 } from '@vessels/dicom/part10';
import { describeWithData } from '../../helpers/data';
import { dicomFile } from '../../helpers/dicomSeries';

dcmjs.log.setLevel('silent', false);
dcmjs.log.getLogger('validation.dcmjs').setLevel('silent', false);

/** Elements where dcmjs is wrong or rewrites: it takes signed values of implicit files for unsigned. */
const EXCEPT = ['SpecificCharacterSet', 'PixelPaddingValue'];

/** A data set in one form: lists of one are their value, bytes are hexadecimal, private elements are gone. */
function plain(value: unknown): unknown {
  if (value === null || value === undefined || value === '') return null;
  if (value instanceof ArrayBuffer) return Buffer.from(value).toString('hex');
  if (Array.isArray(value)) {
    const list = value.map(plain);
    return list.length > 1 ? list : (list[0] ?? null);
  }
  if (typeof value === 'string') return value.trim();
  if (typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !/^_|^[0-9A-Fa-f]{8}$/.test(key) && !EXCEPT.includes(key))
      .map(([key, inner]) => [key, plain(inner)]),
  );
}

describeWithData('files of other makers decode as dcmjs decodes them', () => {
  test.each([
    'seg/dcmqi/ct-3slice/01.dcm',
    'seg/dcmqi/24x38x3/multiframe/mf.dcm',
    'seg/dcmqi/partial_overlaps.dcm',
    'seg/dcmqi/sr-tid1500.dcm',
    'seg/highdicom/seg_image_ct_true_fractional.dcm',
    'seg/highdicom/sr_document_with_multiple_groups.dcm',
    'seg/highdicom/sm_image_jpegls.dcm',
    'seg/pydicom/emri_small.dcm',
    'seg/pydicom/liver_rle.dcm',
    'dicom/t1-gd/1-001.dcm',
  ])('%s', (name) => {
    const bytes = dicomFile(name);
    const { dict } = dcmjs.data.DicomMessage.readFile(bytes);
    const { '7FE00010': pixels, ...elements } = dict;
    const { dataset, pixelData } = decodePart10(bytes);
    expect(plain(dataset)).toEqual(
      plain(dcmjs.data.DicomMetaDictionary.naturalizeDataset(elements)),
    );
    const frames = (pixels?.Value ?? []) as ArrayBuffer[];
    expect(pixelData ?? []).toHaveLength(frames.length);
    frames.forEach((frame, f) =>
      expect(Buffer.from(frame).equals(Buffer.from(pixelData![f]!))).toBe(true),
    );
  });
});
