import type { DisplaySet, Services } from '@ohif/core';
import { HANGING_PROTOCOL_ID, SLICES_STAGE_ID } from '../id';

/** Selector of the series in our hanging protocol. */
const SELECTOR = 'angiogram';

/**
 * Show the slices of a series one by one, beside 3-D, where our hanging protocol is in use and OHIF takes the series
 * for a volume: it would show tilted or unequally spaced slices as if they were a regular grid.
 */
export function hangSlices(
  { hangingProtocolService }: Services,
  { displaySetInstanceUID, StudyInstanceUID, isReconstructable }: DisplaySet,
): void {
  if (!isReconstructable || hangingProtocolService.getState().protocolId !== HANGING_PROTOCOL_ID)
    return;
  hangingProtocolService.setProtocol(HANGING_PROTOCOL_ID, {
    stageId: SLICES_STAGE_ID,
    displaySetSelectorMap: { [`${StudyInstanceUID}:${SELECTOR}:0`]: [displaySetInstanceUID] },
  });
}
