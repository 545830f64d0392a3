import { describe, expect, test } from '@jest/globals';
import type { JsonDataset } from '../../../viewer/dicomweb/model';
import { matcher, page } from '../../../viewer/dicomweb/query';

const STUDY: JsonDataset = {
  '00080020': { vr: 'DA', Value: ['20240229'] },
  '00080030': { vr: 'TM', Value: ['101500'] },
  '00080050': { vr: 'SH', Value: ['A.1'] },
  '00080061': { vr: 'CS', Value: ['MR', 'SEG'] },
  '00081030': { vr: 'LO' },
  '00100010': { vr: 'PN', Value: [{ Alphabetic: 'Müller^Anna', Ideographic: '山田^花子' }] },
  '00100020': { vr: 'LO', Value: ['P-7'] },
  '0020000D': { vr: 'UI', Value: ['1.2.3'] },
};
const KNOWN = Object.keys(STUDY);
const matches = (query: string) => matcher(new URLSearchParams(query), KNOWN)(STUDY);

describe('matcher', () => {
  test.each([
    'PatientName=müller^anna',
    'PatientName=*ANNA*',
    'PatientName=M?ller*',
    'PatientName=*花子*',
    '00100010=*anna',
    'PatientID=P-7',
    'AccessionNumber=A.1',
    'StudyDate=20240229',
    'StudyDate=20240101-20241231',
    'StudyDate=20240229-',
    'StudyDate=-20240229',
    'StudyDate=2024-2024',
    'StudyTime=1000-1100',
    'ModalitiesInStudy=SEG',
    'ModalitiesInStudy=CT,MR',
    'StudyInstanceUID=9.9,1.2.3',
    'StudyInstanceUID=9.9%5C1.2.3',
    'PatientName=&PatientID=*',
    'limit=5&offset=0&includefield=all&fuzzymatching=false',
    'PatientSpecies=Cat',
  ])('%s finds the study', (query) => {
    expect(matches(query)).toBe(true);
  });

  test.each([
    'PatientName=anna',
    'PatientName=M?ler*',
    'AccessionNumber=AX1',
    'StudyDate=20240228',
    'StudyDate=20240301-',
    'StudyDate=-20240228',
    'StudyTime=1016-',
    'ModalitiesInStudy=CT',
    'StudyInstanceUID=1.2',
    'StudyDescription=*head*',
    'PatientID=P-7&AccessionNumber=B',
  ])('%s does not', (query) => {
    expect(matches(query)).toBe(false);
  });
});

test('limit and offset cut a page out of the results', () => {
  const cut = (query: string) => page([1, 2, 3, 4], new URLSearchParams(query));
  expect(cut('')).toEqual([1, 2, 3, 4]);
  expect(cut('limit=2')).toEqual([1, 2]);
  expect(cut('limit=2&offset=3')).toEqual([4]);
  expect(cut('offset=9')).toEqual([]);
  expect(cut('limit=x&offset=-1')).toEqual([1, 2, 3, 4]);
});
