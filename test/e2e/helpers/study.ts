import fs from 'node:fs';
import path from 'node:path';
import { ROOT } from './paths';

/** The sample study as `npm start` makes it. */
export const SAMPLE = path.join(ROOT, '.data/sample');

/** Copies the .dcm files of a folder, so that what a test stores leaves the original alone. */
export function copyStudy(from: string, to: string): void {
  fs.mkdirSync(to, { recursive: true });
  for (const name of fs.readdirSync(from))
    if (name.endsWith('.dcm')) fs.copyFileSync(path.join(from, name), path.join(to, name));
}

/** One study as the server's QIDO-RS tells of it. */
export interface StudyEntry {
  readonly uid: string;
  readonly series: readonly {
    readonly uid: string;
    readonly modality: string;
    readonly description: string;
  }[];
}

type Attributes = Record<string, { Value?: unknown[] } | undefined>;
const text = (attributes: Attributes, tag: string) => String(attributes[tag]?.Value?.[0] ?? '');

async function qido(url: string): Promise<Attributes[]> {
  const answer = await fetch(url, { headers: { accept: 'application/dicom+json' } });
  if (!answer.ok) throw new Error(`${answer.status} ${url}`);
  return answer.status === 204 ? [] : ((await answer.json()) as Attributes[]);
}

/** The studies that a DICOMweb server holds. @param root address of its services, without a slash at the end */
export async function listStudies(root: string): Promise<StudyEntry[]> {
  const studies = await qido(`${root}/studies`);
  return Promise.all(
    studies.map(async (study) => {
      const uid = text(study, '0020000D');
      const series = await qido(`${root}/studies/${uid}/series`);
      return {
        uid,
        series: series.map((s) => ({
          uid: text(s, '0020000E'),
          modality: text(s, '00080060'),
          description: text(s, '0008103E'),
        })),
      };
    }),
  );
}
