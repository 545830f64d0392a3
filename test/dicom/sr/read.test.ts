import { describe, expect, test } from '@jest/globals';
import { DicomError } from '@vessels/dicom/errors';
import { decodePart10, encodePart10 } from '@vessels/dicom/part10';
import { writeSeg } from '@vessels/dicom/seg';
import { readSr, writeSr } from '@vessels/dicom/sr';
import { describeWithData } from '../../helpers/data';
import { dicomFile } from '../../helpers/dicomSeries';
import { refusal } from '../../helpers/refusal';
import { requestOn, scattered } from '../../helpers/segRequests';
import { srRequest } from '../../helpers/srRequests';

const { bytes } = writeSr(srRequest());

/** The report with what a text replaces in the JSON of its data set: first match only. */
function altered(from: string | RegExp, to: string): ArrayBuffer {
  const json = JSON.stringify(decodePart10(bytes).dataset);
  const changed = json.replace(from, to);
  expect(changed).not.toBe(json);
  return encodePart10(JSON.parse(changed));
}

describe('a report that is none of ours or damaged is refused with tag and rule', () => {
  test.each<[string, ArrayBuffer, string, string]>([
    ['a SEG', writeSeg(requestOn([7, 9, 5])).bytes, 'sr.sop-class', '(0008,0016)'],
    ['another title', altered('"126000"', '"126001"'), 'sr.title', '(0040,A043)'],
    ['no minimal diameter', altered('"255605001"', '"1"'), 'sr.missing-item', '(0040,A730)'],
    ['no length', altered('"121211"', '"121206"'), 'sr.missing-item', '(0040,A730)'],
    ['no number', altered('"NumericValue":1.5', '"NumericValue":null'), 'sr.number', '(0040,A30A)'],
    ['a line as point', altered('"POLYLINE"', '"MULTIPOINT"'), 'sr.coordinates', '(0070,0022)'],
    [
      'half a point',
      altered('[0,0,0,3,0,0,3,4,0]', '[0,0,0,3,0,0,3,4]'),
      'sr.coordinates',
      '(0070,0022)',
    ],
    [
      'no segment number',
      altered('"ReferencedSegmentNumber":2', '"ReferencedSegmentNumber":null'),
      'sr.segment',
      '(0062,000B)',
    ],
    ['a stenosis by no method', altered('"122655"', '"1"'), 'sr.method', '(0040,A168)'],
    ['another verdict', altered('"QC_REVIEW"', '"QC_FINE"'), 'sr.verdict', '(0040,A168)'],
    [
      'no tracking UID',
      altered('"UID":"1.2.826.0.1.77"', '"UID":null'),
      'sr.missing-value',
      '(0040,A124)',
    ],
  ])('%s', (_, file, code, tag) => {
    const error = refusal(() => readSr(file)) as DicomError;

    expect(error).toBeInstanceOf(DicomError);
    expect(error).toMatchObject({ code, tag });
    expect(error.message).toContain(tag);
    expect(error.message).toContain(error.rule);
  });

  test('a length in centimetres', () => {
    const file = altered(/("121211".*?"CodeValue":)"mm"/, '$1"cm"');
    expect(refusal(() => readSr(file))).toMatchObject({ code: 'sr.unit' });
  });

  test('a group without a centerline is passed over', () => {
    expect(readSr(altered('"130490"', '"111041"')).branches).toHaveLength(2);
  });

  test('a file cut anywhere, or with any bits flipped, gives a report or a typed refusal', () => {
    const whole = new Uint8Array(bytes);
    let refused = 0;
    for (let n = 0; n < 150; n++) {
      const damaged = whole.slice(0, n % 2 ? whole.length : scattered(n) % whole.length);
      for (let k = 0; k < n % 5; k++) {
        const at = (scattered(7 * n + k) * 977) % damaged.length;
        damaged[at]! ^= 1 << (scattered(n + k) % 8);
      }
      try {
        readSr(damaged.buffer);
      } catch (error) {
        expect(error).toBeInstanceOf(DicomError);
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(75);
  });
});

describeWithData('reports of other makers', () => {
  test.each([
    'seg/dcmqi/sr-tid1500.dcm',
    'seg/highdicom/sr_document.dcm',
    'seg/highdicom/sr_document_with_multiple_groups.dcm',
  ])('%s has no branch of ours', (name) => {
    const report = readSr(dicomFile(name));

    expect(report.branches).toEqual([]);
    expect(report).not.toHaveProperty('qc');
  });
});
