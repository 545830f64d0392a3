import { inTurns } from '@vessels/inference/tasks';
import { labelmapReading, writeLabelmap, type LabelmapReading } from '@vessels/tools/labelmap';
import { voxelCount } from '@vessels/volume/geometry';
import type { Session, VesselsContext } from '../context';

/** The mask of a series on its slices, a preview of another threshold left out; empty before there is one. */
export function readMask(ctx: VesselsContext, session: Session): Uint8Array {
  const { mask, slices, readSlice } = reading(ctx, session);
  for (let k = 0; k < slices; k++) readSlice(k);
  return mask;
}

/** {@link readMask} without holding up the viewer; what the user paints meanwhile may be in it or not. */
export async function readMaskInTurns(ctx: VesselsContext, session: Session): Promise<Uint8Array> {
  const { mask, slices, readSlice } = reading(ctx, session);
  await inTurns(slices, readSlice);
  return mask;
}

function reading(
  { services, preview }: VesselsContext,
  { uid, series, target }: Session,
): LabelmapReading {
  const whole = (mask: Uint8Array) => ({ mask, slices: 0, readSlice: () => undefined });
  if (preview?.seriesUID === uid) return whole(preview.mask.slice());
  return services.segmentationService.getSegmentation(target.segmentationId)
    ? labelmapReading(target)
    : whole(new Uint8Array(voxelCount(series.slices)));
}

/** Put a mask into the viewer's labelmap without taking it for the user's own edit. */
export function writeMask(ctx: VesselsContext, { target }: Session, mask: Uint8Array): void {
  ourselves(ctx, () => writeLabelmap(target, mask));
}

/** Change the viewer's segmentation; its events are not the user's doing. */
export function ourselves(ctx: VesselsContext, change: () => void): void {
  ctx.writing = true;
  try {
    change();
  } finally {
    ctx.writing = false;
  }
}
