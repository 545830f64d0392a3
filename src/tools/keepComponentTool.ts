import { getEnabledElementByViewportId } from '@cornerstonejs/core';
import { BaseTool, type Types as ToolTypes } from '@cornerstonejs/tools';
import { indexToWorld, type Vec3 } from '../volume/geometry';
import { pixelAt, voxelOnGrid } from '../volume/resampling';
import { hasLabelmap, isVessel, type LabelmapTarget } from './labelmap';
import { firstVoxelAlong, voxelAt } from './picking';
import { is3D, rayUnder, type ShownViewport } from './viewportView';

/** A vessel voxel that the user clicked. */
export interface ComponentPick {
  readonly segmentationId: string;
  readonly viewportId: string;
  /** Indices (i, j, k) on the target's grid. */
  readonly voxel: Vec3;
  /** Its centre, LPS mm. */
  readonly world: Vec3;
}

/**
 * Why a click picked nothing.
 * - `no-vessels`: there is no vessel segmentation yet
 * - `other-frame`: the viewport shows another frame of reference than the segmentation's
 * - `outside`: the point lies outside the segmentation's grid
 * - `background`: the voxel (in 3-D: every voxel along the view) is no vessel
 */
export type MissReason = 'no-vessels' | 'other-frame' | 'outside' | 'background';

export interface KeepComponentConfiguration {
  /** The vessels that clicks refer to; undefined before there are any. */
  getTarget(): LabelmapTarget | undefined;
  /** A vessel was clicked: keep only its component. */
  onPick(pick: ComponentPick): void;
  /** A click picked nothing: say why. */
  onMiss(miss: { readonly reason: MissReason; readonly viewportId: string }): void;
}

const DEFAULTS: KeepComponentConfiguration = Object.freeze({
  getTarget: () => undefined,
  onPick: () => undefined,
  onMiss: () => undefined,
});

/** Click a vessel, keep only the connected part that holds it. The tool picks; `onPick` does the work. */
export class VesselKeepComponentTool extends BaseTool {
  static override toolName = 'VesselKeepComponent';

  constructor(
    toolProps: ToolTypes.PublicToolProps = {},
    defaultToolProps: ToolTypes.ToolProps = {
      supportedInteractionTypes: ['Mouse', 'Touch'],
      configuration: DEFAULTS,
    },
  ) {
    super(toolProps, defaultToolProps);
  }

  /** Cornerstone's own click event knows no button binding and drops clicks longer than 200 ms. */
  preMouseDownCallback = ({ detail }: ToolTypes.EventTypes.MouseDownEventType): boolean => {
    this.pickAt(detail.viewportId, detail.currentPoints);
    return true;
  };

  touchTapCallback = ({ detail }: ToolTypes.EventTypes.TouchTapEventType): void =>
    this.pickAt(detail.viewportId, detail.currentPoints);

  private pickAt(viewportId: string, points: ToolTypes.IPoints): void {
    const { getTarget, onPick, onMiss } = this.configuration as KeepComponentConfiguration;
    const viewport = getEnabledElementByViewportId(viewportId)?.viewport;
    if (!viewport) return;
    const target = getTarget();
    const found = target && hasLabelmap(target) ? pick(target, viewport, points) : 'no-vessels';
    if (!target || typeof found === 'string') onMiss({ reason: found as MissReason, viewportId });
    else
      onPick({
        segmentationId: target.segmentationId,
        viewportId,
        voxel: found,
        world: centreOf(target, found),
      });
  }
}

/** No voxel of any grid. */
const OUTSIDE: Vec3 = [-1, -1, -1];

/** The voxel of a target's grid at a place (LPS mm), or undefined outside it. */
const targetVoxelAt = ({ geometry, resampling }: LabelmapTarget, world: Vec3): Vec3 | undefined =>
  resampling ? pixelAt(resampling, world) : voxelAt(geometry, world);

/** Where a voxel of a target's grid lies, LPS mm. */
const centreOf = ({ geometry, resampling }: LabelmapTarget, voxel: Vec3): Vec3 =>
  resampling
    ? indexToWorld(resampling.grid, voxelOnGrid(resampling, voxel))
    : indexToWorld(geometry, voxel);

function pick(
  target: LabelmapTarget,
  viewport: ShownViewport,
  { canvas, world }: ToolTypes.IPoints,
): Vec3 | MissReason {
  const frame = target.geometry.frameOfReferenceUID;
  if (frame && viewport.getFrameOfReferenceUID() !== frame) return 'other-frame';
  const vessel = isVessel(target);
  if (is3D(viewport)) {
    const grid = target.resampling?.grid ?? target.geometry;
    const ray = rayUnder(viewport, canvas);
    const onSlices = (voxel: Vec3) => targetVoxelAt(target, indexToWorld(grid, voxel));
    const isHit = (voxel: Vec3) => vessel(onSlices(voxel) ?? OUTSIDE);
    const hit = firstVoxelAlong(grid, ray, isHit, ray.whole);
    return (hit && onSlices(hit)) ?? 'background';
  }
  const voxel = targetVoxelAt(target, world);
  if (!voxel) return 'outside';
  return vessel(voxel) ? voxel : 'background';
}
