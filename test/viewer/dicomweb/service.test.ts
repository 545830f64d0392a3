import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { JsonDataset } from '../../../viewer/dicomweb/model';
import { splitMultipart } from '../../../viewer/dicomweb/multipart';
import { part10 } from '../helpers/dicom';
import { temporaryFolders } from '../helpers/folder';
import { type Answer, ask } from '../helpers/http';
import { viewers } from '../helpers/viewer';

const folder = temporaryFolders();
const start = viewers();

const SECOND = { SOPInstanceUID: '1.2.3.1.1.2', InstanceNumber: 2 };
const SEG = {
  SOPInstanceUID: '1.2.3.1.7.1',
  SeriesInstanceUID: '1.2.3.1.7',
  Modality: 'SEG',
  SeriesNumber: 7,
};
const OTHER = {
  SOPInstanceUID: '1.2.4.1.1',
  SeriesInstanceUID: '1.2.4.1',
  StudyInstanceUID: '1.2.4',
  PatientName: 'Other',
};

/** A study with an MR series of two images and a SEG, and a study of another patient. */
async function server() {
  const root = folder();
  fs.mkdirSync(path.join(root, 'data'));
  [{}, SECOND, SEG, OTHER].forEach((attributes, index) =>
    fs.writeFileSync(path.join(root, `data/${index}.dcm`), part10(attributes)),
  );
  const viewer = await start(root);
  const get = (below: string) => ask(viewer.url, `/dicomweb/${below}`);
  const json = async (below: string) => JSON.parse((await get(below)).text) as JsonDataset[];
  const post = (objects: readonly Buffer[], below = 'studies') =>
    ask(viewer.url, `/dicomweb/${below}`, {
      method: 'POST',
      headers: { 'Content-Type': 'multipart/related; type="application/dicom"; boundary=cut' },
      body: multipart(objects),
    });
  return { root, url: viewer.url, get, json, post };
}

const multipart = (objects: readonly Buffer[]) =>
  Buffer.concat([
    ...objects.flatMap((object) => [
      Buffer.from('--cut\r\nContent-Type: application/dicom\r\n\r\n'),
      object,
      Buffer.from('\r\n'),
    ]),
    Buffer.from('--cut--'),
  ]);

const partsOf = ({ body, headers }: Answer) =>
  splitMultipart(body, headers['content-type'] ?? '') ?? [];

const valuesOf = (results: readonly JsonDataset[], tag: string) =>
  results.map((result) => result[tag]?.Value);

describe('QIDO-RS', () => {
  test('studies with what their instances tell together', async () => {
    const { json, url } = await server();
    const [study, ...others] = await json('studies?PatientName=*vessels*&limit=101&offset=0');
    expect(others).toEqual([]);
    expect(study['0020000D'].Value).toEqual(['1.2.3.1']);
    expect(study['00080061'].Value).toEqual(['MR', 'SEG']);
    expect(study['00201206'].Value).toEqual([2]);
    expect(study['00201208'].Value).toEqual([3]);
    expect(study['00081190'].Value).toEqual([`${url}dicomweb/studies/1.2.3.1`]);
    expect(await json('studies')).toHaveLength(2);
    expect(await json('studies?limit=1&offset=1')).toHaveLength(1);
  });

  test('series and instances of a study', async () => {
    const { json } = await server();
    const series = await json('studies/1.2.3.1/series');
    expect(valuesOf(series, '0020000E')).toEqual([['1.2.3.1.1'], ['1.2.3.1.7']]);
    expect(valuesOf(series, '00201209')).toEqual([[2], [1]]);
    expect(await json('studies/1.2.3.1/series?Modality=SEG')).toHaveLength(1);
    const instances = await json('studies/1.2.3.1/series/1.2.3.1.1/instances');
    expect(valuesOf(instances, '00080018')).toEqual([['1.2.3.1.1.1'], ['1.2.3.1.1.2']]);
    expect(await json('instances?SOPInstanceUID=1.2.3.1.7.1')).toHaveLength(1);
  });

  test('what is not there gives no results', async () => {
    const { json } = await server();
    expect(await json('studies?PatientID=none')).toEqual([]);
    expect(await json('studies/9.9/series')).toEqual([]);
  });
});

describe('WADO-RS', () => {
  test('metadata without pixel data, of a study, a series and an instance', async () => {
    const { json } = await server();
    expect(await json('studies/1.2.3.1/metadata')).toHaveLength(3);
    expect(await json('studies/1.2.3.1/series/1.2.3.1.1/metadata')).toHaveLength(2);
    const [one] = await json('studies/1.2.3.1/series/1.2.3.1.1/instances/1.2.3.1.1.2/metadata');
    expect(one['00200013'].Value).toEqual([2]);
    expect(one['7FE00010']).toBeUndefined();
  });

  test('instances byte for byte', async () => {
    const { get } = await server();
    const answer = await get('studies/1.2.3.1/series/1.2.3.1.1/instances/1.2.3.1.1.2');
    const [part] = partsOf(answer);
    expect(part.type).toBe('application/dicom');
    expect(part.body.equals(part10(SECOND))).toBe(true);
    expect(partsOf(await get('studies/1.2.3.1'))).toHaveLength(3);
  });

  test('frames with their transfer syntax', async () => {
    const { get } = await server();
    const parts = partsOf(
      await get('studies/1.2.3.1/series/1.2.3.1.1/instances/1.2.3.1.1.1/frames/1,1'),
    );
    expect(parts.map(({ body }) => [...body])).toEqual([
      [1, 2, 3, 4],
      [1, 2, 3, 4],
    ]);
    expect(parts[0].type).toBe('application/octet-stream; transfer-syntax=1.2.840.10008.1.2.1');
  });

  test.each([
    'studies/9.9',
    'studies/1.2.3.1/series/9.9/metadata',
    'studies/1.2.4/series/1.2.3.1.1/metadata',
    'studies/1.2.3.1/series/1.2.3.1.1/instances/1.2.3.1.1.1/frames/2',
    'studies/1.2.3.1/series/1.2.3.1.1/instances/1.2.3.1.1.1/frames/0',
    'studies/../x',
    'nothing',
  ])('%s: 404 and one sentence', async (below) => {
    const { get } = await server();
    const { status, text } = await get(below);
    expect(status).toBe(404);
    expect(text).toMatch(/^[A-Z][^\n]+\.\n$/);
  });
});

describe('STOW-RS', () => {
  const NEW = part10({ SOPInstanceUID: '1.2.3.1.8.1', SeriesInstanceUID: '1.2.3.1.8' });
  const CHANGED = part10({ PatientID: 'changed' });
  const answerOf = ({ status, text }: Answer) => [status, JSON.parse(text) as JsonDataset] as const;

  test('a new object: 200, and it is in the study', async () => {
    const { post, json, url } = await server();
    const [status, body] = answerOf(await post([NEW], 'studies/1.2.3.1'));
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(['00081199']);
    expect(body['00081199'].Value).toEqual([
      {
        '00081150': { vr: 'UI', Value: ['1.2.840.10008.5.1.4.1.1.4'] },
        '00081155': { vr: 'UI', Value: ['1.2.3.1.8.1'] },
        '00081190': {
          vr: 'UR',
          Value: [`${url}dicomweb/studies/1.2.3.1/series/1.2.3.1.8/instances/1.2.3.1.8.1`],
        },
      },
    ]);
    expect(await json('studies/1.2.3.1/series')).toHaveLength(3);
  });

  test('a taken UID with other content: 409 with the reason, and nothing is changed', async () => {
    const { post, get } = await server();
    const answer = await post([CHANGED]);
    const [status, body] = answerOf(answer);
    expect(status).toBe(409);
    expect(body['00081198'].Value).toEqual([
      {
        '00081150': { vr: 'UI', Value: ['1.2.840.10008.5.1.4.1.1.4'] },
        '00081155': { vr: 'UI', Value: ['1.2.3.1.1.1'] },
        '00081197': { vr: 'US', Value: [0x0111] },
      },
    ]);
    expect(answer.headers['warning']).toMatch(/same SOP Instance UID and other content/);
    const stored = await get('studies/1.2.3.1/series/1.2.3.1.1/instances/1.2.3.1.1.1');
    expect(partsOf(stored)[0].body.equals(part10())).toBe(true);
  });

  test('some stored, some not: 202 with both lists', async () => {
    const { post } = await server();
    const [status, body] = answerOf(await post([NEW, CHANGED, Buffer.from('noise')]));
    expect(status).toBe(202);
    const counts = ['00081198', '00081199', '0008119A'].map((tag) => body[tag].Value?.length);
    expect(counts).toEqual([1, 1, 1]);
  });

  test('the same file again is stored', async () => {
    const { post } = await server();
    expect((await post([part10()])).status).toBe(200);
  });

  test('an object of another study than the address: 409', async () => {
    const { post } = await server();
    const [status, body] = answerOf(await post([NEW], 'studies/1.2.4'));
    expect([status, valuesOf(body['00081198'].Value as JsonDataset[], '00081197')]).toEqual([
      409,
      [[0xa900]],
    ]);
  });

  test.each([
    ['no multipart', 'application/dicom', NEW, 415],
    ['parts of another type', 'multipart/related; boundary=cut', multipartOf('text/plain'), 415],
    ['no boundary', 'multipart/related; type="application/dicom"', multipart([NEW]), 400],
    [
      'a body that is cut off',
      'multipart/related; boundary=cut',
      multipart([NEW]).subarray(0, 300),
      400,
    ],
    ['no object', 'multipart/related; boundary=cut', Buffer.from('--cut--'), 400],
  ])('%s is refused', async (_, type, body, status) => {
    const { url } = await server();
    const headers = { 'Content-Type': type };
    const answer = await ask(url, '/dicomweb/studies', { method: 'POST', headers, body });
    expect(answer.status).toBe(status);
    expect(answer.text).toMatch(/^[A-Z][^\n]+\.\n$/);
  });

  test('a series is no place to store, and nothing is deleted', async () => {
    const { post, url } = await server();
    expect((await post([NEW], 'studies/1.2.3.1/series/1.2.3.1.1')).status).toBe(405);
    expect((await ask(url, '/dicomweb/studies/1.2.3.1', { method: 'DELETE' })).status).toBe(405);
  });
});

function multipartOf(type: string): Buffer {
  return Buffer.from(`--cut\r\nContent-Type: ${type}\r\n\r\nhello\r\n--cut--`);
}
