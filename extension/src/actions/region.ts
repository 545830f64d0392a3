import { Enums } from '@cornerstonejs/core';
import type { Unsubscribe } from '@ohif/core';
import { InputError } from '@vessels/volume/errors';
import type { Box } from '@vessels/volume/box';
import type { VesselsContext } from '../context';
import { boxInView } from '../viewer/inView';
import { currentSession } from './session';

/** Rest after the last move of a camera before the region follows, ms. */
const DELAY = 300;

/** Look for vessels in the part in view alone, or everywhere. */
export function searchInView(ctx: VesselsContext, isOn: boolean): void {
  if (isOn) takeRegion(ctx);
  else ctx.store.setState({ region: undefined });
}

/** The region as the viewer shows it now; where nothing is in view of all planes, that is told. */
function takeRegion(ctx: VesselsContext): void {
  const region = boxInView(ctx.services, currentSession(ctx).series.geometry) ?? 'none';
  if (JSON.stringify(region) !== JSON.stringify(ctx.store.getState().region))
    ctx.store.setState({ region });
}

/**
 * The region of the run that begins, brought up to date; undefined where vessels are looked for everywhere.
 *
 * @throws InputError `region.none`
 */
export function regionOfRun(ctx: VesselsContext): Box | undefined {
  if (ctx.store.getState().region === undefined) return undefined;
  takeRegion(ctx);
  const { region } = ctx.store.getState();
  if (region === 'none')
    throw new InputError(
      'region.none',
      'The planes show no part of the series in common; move them to the same vessels, or search everywhere.',
    );
  return region;
}

/** Keep the region what the planes show, while it is wanted. @returns the function that stops it */
export function followView(ctx: VesselsContext): Unsubscribe {
  let timer: ReturnType<typeof setTimeout>;
  const follow = () => {
    const { region, activity } = ctx.store.getState();
    if (region !== undefined && activity.kind === 'idle') takeRegion(ctx);
  };
  const moved = () => {
    clearTimeout(timer);
    timer = setTimeout(follow, DELAY);
  };
  // the event stays at the viewport's element, but on its way there the document sees it
  document.addEventListener(Enums.Events.CAMERA_MODIFIED, moved, true);
  return () => {
    clearTimeout(timer);
    document.removeEventListener(Enums.Events.CAMERA_MODIFIED, moved, true);
  };
}
