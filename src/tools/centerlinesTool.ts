import type { Types } from '@cornerstonejs/core';
import { AnnotationDisplayTool, type Types as ToolTypes } from '@cornerstonejs/tools';
import { centerlines } from './centerlineStore';
import { linesOf, polylines, type CenterlineLines } from './lines';
import { clipToSlab } from './slab';
import { drawPath, pathData, type LineStyle } from './svg';
import { frameOf } from './viewports';
import { is3D, projectionOf, viewPlane, type ShownViewport } from './viewportView';

/** Colours that red-green colour blindness keeps apart (Okabe and Ito): sky blue, and yellow for the highlight. */
const STYLES = Object.freeze({
  near: { color: '#56b4e9', width: 1, opacity: 0.4 },
  plane: { color: '#56b4e9', width: 2, opacity: 1 },
  space: { color: '#56b4e9', width: 1.25, opacity: 0.9 },
  nearHighlight: { color: '#f0e442', width: 2, opacity: 0.5 },
  highlight: { color: '#f0e442', width: 4, opacity: 1 },
}) satisfies Readonly<Record<string, LineStyle>>;

type Layer = keyof typeof STYLES;

/** How far beyond the slice a line is still drawn, faintly, mm. */
const NEAR = 4;

/** The lines of every layer of a plane or 3-D viewport, bottom layer first. */
function layersOf(
  viewport: ShownViewport,
  all: CenterlineLines,
  highlighted: readonly number[],
): readonly (readonly [Layer, readonly ArrayLike<number>[]])[] {
  const plain = polylines(all);
  const bright = polylines(all, highlighted);
  if (is3D(viewport))
    return [
      ['space', plain],
      ['highlight', bright],
    ];
  const plane = viewPlane(viewport);
  if (!plane) return [];
  const half = plane.thickness / 2;
  const within = (lines: readonly Float32Array[], distance: number) =>
    lines.flatMap((line) => clipToSlab(line, { ...plane, half: distance }));
  return [
    ['near', within(plain, half + NEAR)],
    ['plane', within(plain, half)],
    ['nearHighlight', within(bright, half + NEAR)],
    ['highlight', within(bright, half)],
  ];
}

/**
 * An overlay: draws the centerlines of the viewport's frame of reference as thin lines. Planes show the stretches
 * within half a slice solid and those a few mm away faint; 3-D viewports show all, in front of the volume. Enable it
 * in the tool groups; `setCenterlines` says what is drawn.
 */
export class VesselCenterlinesTool extends AnnotationDisplayTool {
  static override toolName = 'VesselCenterlines';

  constructor(
    toolProps: ToolTypes.PublicToolProps = {},
    defaultToolProps: ToolTypes.ToolProps = { supportedInteractionTypes: ['Mouse', 'Touch'] },
  ) {
    super(toolProps, defaultToolProps);
  }

  /** Called by cornerstone after every frame of the viewport. */
  renderAnnotation({ viewport }: Types.IEnabledElement, svg: ToolTypes.SVGDrawingHelper): boolean {
    const { graphs, highlighted, hovered } = centerlines();
    const graph = graphs[frameOf(viewport) ?? ''];
    if (!graph) return false;
    const lines = linesOf(graph);
    const places = [highlighted, hovered]
      .map((id) => (id === undefined ? undefined : lines.placeOf.get(id)))
      .filter((place) => place !== undefined);
    const project = projectionOf(viewport);
    for (const [layer, parts] of layersOf(viewport, lines, places))
      drawPath(svg, `${this.getToolName()}-${layer}`, pathData(parts, project), STYLES[layer]);
    return true;
  }
}
