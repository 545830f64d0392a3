import fs from 'node:fs';
import path from 'node:path';
import { CATEGORY, VESSEL } from '@vessels/dicom/codes';
import { decodePart10 } from '@vessels/dicom/part10';
import { readSeg } from '@vessels/dicom/seg';
import { seriesGeometry } from '@vessels/dicom/seriesGeometry';
import type { CodedConcept } from '@vessels/dicom/types';
import { dicomFiles } from '../helpers/dicomSeries';
import { labelsOf, readNrrd } from '../helpers/nrrd';
import { must } from './command';

const FOLDER = path.resolve('../shared/data/seg/dcmqi');

/** Masks that dcmqi tests itself with: one label or two, with gaps between their numbers. */
const MASKS = [
  'heart_seg',
  'liver_seg',
  'liver_spine_seg',
  'liver_spine_gapped_seg',
  'spine_seg',
  'spine_seg_label5',
] as const;

const code = ({ value, scheme, meaning }: CodedConcept) => ({
  CodeValue: value,
  CodingSchemeDesignator: scheme,
  CodeMeaning: meaning,
});

/** What dcmqi wants to know of the labels of a mask. */
const metadata = (labels: readonly number[]) => ({
  ContentCreatorName: 'Test',
  ContentLabel: 'SEGMENTATION',
  SeriesDescription: 'Segmentation',
  SeriesNumber: '300',
  InstanceNumber: '1',
  segmentAttributes: [
    labels.map((labelID) => ({
      labelID,
      SegmentLabel: `Label ${labelID}`,
      SegmentDescription: `Label ${labelID}`,
      SegmentAlgorithmType: 'MANUAL',
      SegmentedPropertyCategoryCodeSequence: code(CATEGORY.anatomicalStructure),
      SegmentedPropertyTypeCodeSequence: code(VESSEL.bloodVessel),
      recommendedDisplayRGBValue: [208, 60, 60],
    })),
  ],
});

/** A mask written by dcmqi must be read by us voxel for voxel; dcmqi numbers the segments anew, in order. */
function readBack(python: string, mask: string, folder: string): string {
  const nrrd = path.join(FOLDER, `${mask}.nrrd`);
  const expected = readNrrd(fs.readFileSync(nrrd)).data;
  const labels = labelsOf(expected);
  const [meta, seg] = [path.join(folder, `${mask}.json`), path.join(folder, `${mask}.dcm`)];
  fs.writeFileSync(meta, JSON.stringify(metadata(labels)));
  must(path.join(path.dirname(python), 'itkimage2segimage'), [
    ...['--inputImageList', nrrd, '--inputDICOMDirectory', path.join(FOLDER, 'ct-3slice')],
    ...['--inputMetadata', meta, '--outputDICOM', seg],
  ]);
  const images = dicomFiles('seg/dcmqi/ct-3slice').map((file) => decodePart10(file).dataset);
  const { labelmap, segments } = readSeg(
    new Uint8Array(fs.readFileSync(seg)).buffer,
    seriesGeometry(images).geometry,
  );
  const found = segments.map(({ label }) => label).join();
  if (found !== labels.map((label) => `Label ${label}`).join())
    throw new Error(`the segments are read as ${found}`);
  const wrong = expected.findIndex((value, i) => labels.indexOf(value) + 1 !== labelmap[i]);
  if (wrong >= 0) throw new Error(`voxel ${wrong} is ${labelmap[wrong]}, not ${expected[wrong]}`);
  return `${labels.length} segments, ${expected.length} voxels equal`;
}

/** A check for each mask, where the test data is at hand. */
export const dcmqiSegChecks = (
  python: string,
  folder: string,
): [mask: string, work: () => string][] =>
  fs.existsSync(FOLDER) ? MASKS.map((mask) => [mask, () => readBack(python, mask, folder)]) : [];
