import { setHighlightedBranch } from '@vessels/tools';
import type { CenterlineBranch } from '@vessels/centerline/graph';
import type { Vec3 } from '@vessels/volume/geometry';
import type { VesselsContext } from '../context';
import { jumpTo } from '../viewer/viewports';
import { currentSession } from './session';

/** Move all viewports to a place (LPS mm). */
export function jumpToPosition(ctx: VesselsContext, position: Vec3): void {
  jumpTo(ctx.services, currentSession(ctx).series.geometry, position);
}

/** Move all viewports to the narrowest point of a branch and highlight it. */
export function jumpToBranch(
  ctx: VesselsContext,
  { id, points, narrowest }: CenterlineBranch,
): void {
  const at = narrowest * 3;
  setHighlightedBranch(id);
  jumpToPosition(ctx, [points[at]!, points[at + 1]!, points[at + 2]!]);
}
