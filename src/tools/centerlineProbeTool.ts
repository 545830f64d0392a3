import { getEnabledElementByViewportId, type Types } from '@cornerstonejs/core';
import {
  AnnotationDisplayTool,
  drawing,
  utilities,
  type Types as ToolTypes,
} from '@cornerstonejs/tools';
import type { CenterlineGraph } from '../centerline/graph';
import { centerlines, setHoveredBranch } from './centerlineStore';
import { readingAt, readingNear, readingText, type ProbeReading } from './probeReading';
import { branchPointUnder } from './screenPick';
import { frameOf } from './viewports';
import { is3D, projectionOf, viewOf, type ShownViewport } from './viewportView';

export interface CenterlineProbeConfiguration {
  /** A click on a branch. */
  onSelect(branchId: number): void;
  /** Lines shown at the cursor; English by default. */
  text(reading: ProbeReading): string[];
  /** How far outside the vessel's wall the cursor may be in a plane, mm. */
  tolerance: number;
  /** The same in a 3-D viewport, pixels. */
  tolerance3D: number;
}

const DEFAULTS: CenterlineProbeConfiguration = Object.freeze({
  onSelect: () => undefined,
  text: readingText,
  tolerance: 1,
  tolerance3D: 4,
});

/** Black on yellow of the highlighted branch, readable on any image. */
const LABEL = Object.freeze({
  color: '#000000',
  background: '#f0e442',
  padding: 0,
  textBoxMargin: 4,
});

/** From the cursor to the corner of the label, pixels. */
const LABEL_OFFSET = 14;

/** The graph that a viewport draws. */
const graphIn = (viewport: ShownViewport): CenterlineGraph | undefined =>
  centerlines().graphs[frameOf(viewport) ?? ''];

/** What is shown at the cursor, and where. */
interface Shown {
  readonly viewportId: string;
  readonly canvas: Types.Point2;
  readonly reading: ProbeReading;
  /** The graph that was read; another one has other branches. */
  readonly graph: CenterlineGraph;
}

/**
 * Names the branch under the cursor with its local diameter and highlights it, in planes and in 3-D; a click reports
 * it through `onSelect`. Away from vessels it shows nothing. Branches come from `setCenterlines`.
 */
export class VesselCenterlineProbeTool extends AnnotationDisplayTool {
  static override toolName = 'VesselCenterlineProbe';

  private shown: Shown | undefined;

  constructor(
    toolProps: ToolTypes.PublicToolProps = {},
    defaultToolProps: ToolTypes.ToolProps = {
      supportedInteractionTypes: ['Mouse', 'Touch'],
      configuration: DEFAULTS,
    },
  ) {
    super(toolProps, defaultToolProps);
  }

  onSetToolActive = (): void => this.clear();
  onSetToolPassive = (): void => this.clear();
  onSetToolEnabled = (): void => this.clear();
  onSetToolDisabled = (): void => this.clear();

  mouseMoveCallback = ({ detail }: ToolTypes.EventTypes.MouseMoveEventType): boolean => {
    if (this.mode !== 'Active') return false;
    const { viewportId, currentPoints, element } = detail;
    const found = this.read(viewportId, currentPoints);
    if (!found) {
      this.clear();
      return false;
    }
    if (!this.shown) element.addEventListener('mouseleave', this.clear, { once: true });
    this.show({ viewportId, canvas: currentPoints.canvas, ...found });
    return false;
  };

  preMouseDownCallback = ({ detail }: ToolTypes.EventTypes.MouseDownEventType): boolean =>
    this.selectAt(detail.viewportId, detail.currentPoints);

  touchTapCallback = ({ detail }: ToolTypes.EventTypes.TouchTapEventType): boolean =>
    this.selectAt(detail.viewportId, detail.currentPoints);

  /** Called by cornerstone for each viewport of the tool group. */
  renderAnnotation({ viewport }: Types.IEnabledElement, svg: ToolTypes.SVGDrawingHelper): boolean {
    if (this.shown?.viewportId !== viewport.id) return false;
    const { canvas, reading, graph } = this.shown;
    if (graph !== graphIn(viewport)) return false;
    const name = this.getToolName();
    const [x, y] = projectionOf(viewport)(reading.position);
    drawing.drawCircle(svg, name, 'point', [x, y], 3, { color: LABEL.background, lineWidth: 2 });
    const corner: Types.Point2 = [canvas[0] + LABEL_OFFSET, canvas[1] + LABEL_OFFSET];
    drawing.drawTextBox(svg, name, 'text', this.typed.text(reading), corner, LABEL);
    return true;
  }

  private get typed(): CenterlineProbeConfiguration {
    return this.configuration as CenterlineProbeConfiguration;
  }

  private read(
    viewportId: string,
    points: ToolTypes.IPoints,
  ): Pick<Shown, 'reading' | 'graph'> | undefined {
    const viewport = getEnabledElementByViewportId(viewportId)?.viewport;
    const graph = viewport && graphIn(viewport);
    if (!graph) return undefined;
    if (!is3D(viewport)) {
      const reading = readingNear(graph, points.world, this.typed.tolerance);
      return reading && { reading, graph };
    }
    const found = branchPointUnder(graph, viewOf(viewport), points.canvas, this.typed.tolerance3D);
    return found && { reading: readingAt(found.branch, found.index), graph };
  }

  private selectAt(viewportId: string, points: ToolTypes.IPoints): boolean {
    const found = this.read(viewportId, points);
    if (found) this.typed.onSelect(found.reading.branch.id);
    return Boolean(found);
  }

  private show(next: Shown): void {
    const before = this.shown;
    this.shown = next;
    setHoveredBranch(next.reading.branch.id);
    const ids = new Set([next.viewportId, before?.viewportId ?? next.viewportId]);
    utilities.triggerAnnotationRenderForViewportIds([...ids]);
  }

  private clear = (): void => {
    if (!this.shown) return;
    const { viewportId } = this.shown;
    this.shown = undefined;
    setHoveredBranch(undefined);
    if (getEnabledElementByViewportId(viewportId))
      utilities.triggerAnnotationRenderForViewportIds([viewportId]);
  };
}
