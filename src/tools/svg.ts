import type { Types as ToolTypes } from '@cornerstonejs/tools';
import type { Projection } from './projection';

/** How a set of lines looks. */
export interface LineStyle {
  readonly color: string;
  /** Pixels. */
  readonly width: number;
  readonly opacity: number;
}

const tenth = (value: number) => Math.round(value * 10) / 10;

/**
 * The `d` attribute of one SVG path that draws many polylines.
 * @param lines each x, y, z, x, y, z … in LPS mm
 */
export function pathData(lines: readonly ArrayLike<number>[], project: Projection): string {
  let d = '';
  for (const line of lines)
    for (let i = 0; i + 2 < line.length; i += 3) {
      const [x, y] = project([line[i], line[i + 1], line[i + 2]]);
      d += `${i === 0 ? 'M' : 'L'}${tenth(x)} ${tenth(y)}`;
    }
  return d;
}

/** Draw a path on a viewport's SVG layer; with the same key it replaces the one of the frame before. */
export function drawPath(
  svg: ToolTypes.SVGDrawingHelper,
  key: string,
  d: string,
  { color, width, opacity }: LineStyle,
): void {
  const known = svg.getSvgNode(key);
  const path = known ?? document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', d);
  if (known) {
    svg.setNodeTouched(key);
    return;
  }
  const attributes = {
    fill: 'none',
    stroke: color,
    'stroke-width': `${width}`,
    'stroke-opacity': `${opacity}`,
    'stroke-linejoin': 'round',
    'stroke-linecap': 'round',
  };
  for (const [name, value] of Object.entries(attributes)) path.setAttribute(name, value);
  svg.appendNode(path, key);
}
