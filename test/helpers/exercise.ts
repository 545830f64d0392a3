import { DicomError } from '@vessels/dicom/errors';
import { imageFrames } from '@vessels/dicom/multiframe';
import { decodePart10 } from '@vessels/dicom/part10';
import { openSeg, placeSeg, segGeometry, type Target } from '@vessels/dicom/seg';
import { seriesGeometry } from '@vessels/dicom/seriesGeometry';
import type { NaturalDataset } from '@vessels/dicom/types';
import { InputError } from '@vessels/volume/errors';
import { voxelCount } from '@vessels/volume/geometry';

/** How reading a file may end. */
export type Ending = 'read' | 'refused';

/**
 * A refusal must name a tag and a rule of the standard. That of a series check, which is about several images, must
 * be typed.
 */
function checkRefusal(error: unknown, isSeries: boolean): void {
  if (isSeries && error instanceof InputError) return;
  if (!(error instanceof DicomError)) throw error;
  const isNamed =
    /^\([0-9A-F]{4},[0-9A-F]{4}\)$/.test(error.tag) &&
    /^PS3\.\d+ \S/.test(error.rule) &&
    error.message.includes(error.tag.slice(1, -1)) &&
    error.message.includes(error.rule) &&
    /^[^\n]{1,400}\.$/.test(error.message);
  if (!isNamed) throw new Error(`the refusal names no tag or rule: ${error.message}`);
}

/** All that is done with a SEG: opened, placed, painted, each of the first segments by itself, and on its own grid. */
function readSegmentation(file: Uint8Array, target: Target): (() => void)[] {
  const seg = openSeg(file);
  const placed = () => placeSeg(seg, target);
  const [first, second] = seg.segments;
  return [
    () => placed().paint(new Uint16Array(voxelCount(target.geometry)), (number) => number),
    () => first && placed().mask(first.number),
    () => second && placed().mask(second.number),
    () => first && placed().probability(first.number),
    () => segGeometry(seg),
  ];
}

/**
 * Do with a file whatever a viewer does with it.
 *
 * @throws Error when reading ends in anything but a result or a refusal that names tag and rule
 */
export function exercise(file: Uint8Array, target: Target): Ending {
  let [isSeries, ending]: [boolean, Ending] = [false, 'read'];
  const attempt = <T>(work: () => T): T | undefined => {
    try {
      return work();
    } catch (error) {
      checkRefusal(error, isSeries);
      ending = 'refused';
      return undefined;
    }
  };
  const dataset = attempt<NaturalDataset>(() => decodePart10(file.slice().buffer).dataset);
  if (!dataset) return ending;
  const steps = attempt(() => readSegmentation(file, target)) ?? [];
  for (const step of steps) attempt(step);
  isSeries = true;
  if (dataset.Modality !== 'SEG') attempt(() => seriesGeometry(imageFrames([dataset, dataset])));
  return ending;
}
