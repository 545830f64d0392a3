/** A line of a {@link logLogPlot}. */
export interface Series {
  readonly name: string;
  /** [x, y], both above 0, by rising x. */
  readonly points: readonly (readonly [number, number])[];
  /** A peer's line is dashed. */
  readonly dashed: boolean;
}

export interface Plot {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly series: readonly Series[];
}

const WIDTH = 760;
const HEIGHT = 440;
const AREA = Object.freeze({ left: 64, right: WIDTH - 220, top: 44, bottom: HEIGHT - 52 });
const LABEL_HEIGHT = 17;

/**
 * Okabe and Ito's colours, told apart by colour-blind readers; each has a lighter twin for dark pages where it needs
 * one. Markers differ too.
 */
const COLOURS: readonly (readonly [light: string, dark: string])[] = Object.freeze([
  ['#0072b2', '#56b4e9'],
  ['#d55e00', '#e8792b'],
  ['#00795a', '#00b386'],
  ['#a8508a', '#cc79a7'],
  ['#7a6a00', '#f0e442'],
  ['#555555', '#bbbbbb'],
]);
const MARKERS: readonly string[] = Object.freeze([
  'M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0',
  'M-4-4h8v8h-8z',
  'M0-5l5 9h-10z',
  'M0-5l5 5l-5 5l-5-5z',
  'M0 5l5-9h-10z',
  'M-5-2h3v-3h4v3h3v4h-3v3h-4v-3h-3z',
]);

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const power = (exponent: number): string =>
  exponent >= 0 && exponent <= 3
    ? String(10 ** exponent)
    : `10${exponent < 0 ? '⁻' : ''}${[...String(Math.abs(exponent))].map((d) => SUPERSCRIPTS[Number(d)]).join('')}`;

/** A logarithmic scale from values to pixels, over whole decades, or over 1-2-5 steps where there is less than one. */
function scale(values: readonly number[], from: number, to: number) {
  const low = Math.log10(Math.min(...values));
  const high = Math.log10(Math.max(...values));
  const margin = 0.04 * (high - low) + 0.02;
  const [start, end] = [low - margin, high + margin];
  const at = (value: number) => from + ((Math.log10(value) - start) / (end - start)) * (to - from);
  const ticks: { value: number; text: string }[] = [];
  const steps = end - start < 2 ? [1, 2, 5] : [1];
  for (let e = Math.floor(start); e <= Math.ceil(end); e++)
    for (const step of steps) {
      const value = step * 10 ** e;
      if (Math.log10(value) < start || Math.log10(value) > end) continue;
      ticks.push({ value, text: step === 1 || e <= 2 ? label(step, e) : `${step}·${power(e)}` });
    }
  return { at, ticks };
}

const label = (step: number, exponent: number): string =>
  step === 1 ? power(exponent) : String(Number((step * 10 ** exponent).toPrecision(1)));

/** Moves labels apart that would cover each other, keeping their order. */
function spread(wanted: readonly number[]): number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a] - wanted[b]);
  const at = [...wanted];
  for (let i = 1; i < order.length; i++)
    at[order[i]] = Math.max(at[order[i]], at[order[i - 1]] + LABEL_HEIGHT);
  const overflow = Math.max(0, Math.max(...at) - AREA.bottom);
  for (let i = order.length - 1, limit = AREA.bottom; i >= 0 && overflow > 0; i--) {
    at[order[i]] = Math.min(at[order[i]], limit);
    limit = at[order[i]] - LABEL_HEIGHT;
  }
  return at;
}

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const px = (value: number): string => String(Number(value.toFixed(1)));

/** Lines on logarithmic axes as an SVG file, on a light or a dark ground as the reader's page. */
export function logLogPlot({ title, x, y, series }: Plot): string {
  const points = series.flatMap((line) => line.points);
  const across = scale(
    points.map(([value]) => value),
    AREA.left,
    AREA.right,
  );
  const up = scale(
    points.map(([, value]) => value),
    AREA.bottom,
    AREA.top,
  );
  const names = spread(series.map((line) => up.at(line.points.at(-1)![1])));

  const lines = series.map(({ name, points: data, dashed }, i) => {
    const places = data.map(([a, b]) => [px(across.at(a)), px(up.at(b))] as const);
    const [lastX, lastY] = places.at(-1)!;
    const markers = places.map(
      ([a, b]) => `<path d="${MARKERS[i]}" transform="translate(${a} ${b})"/>`,
    );
    return [
      `<g class="c${i}">`,
      `<polyline points="${places.map((p) => p.join(',')).join(' ')}"${dashed ? ' stroke-dasharray="6 4"' : ''}/>`,
      ...markers,
      `<path class="lead" d="M${Number(lastX) + 7} ${lastY}L${AREA.right + 12} ${px(names[i])}"/>`,
      `<text x="${AREA.right + 16}" y="${px(names[i] + 4)}">${escape(name)}</text>`,
      '</g>',
    ].join('\n');
  });
  const grid = [
    ...across.ticks.map(({ value, text }) => {
      const at = px(across.at(value));
      return `<path class="grid" d="M${at} ${AREA.top}V${AREA.bottom}"/><text x="${at}" y="${AREA.bottom + 18}" text-anchor="middle">${text}</text>`;
    }),
    ...up.ticks.map(({ value, text }) => {
      const at = up.at(value);
      return `<path class="grid" d="M${AREA.left} ${px(at)}H${AREA.right}"/><text x="${AREA.left - 8}" y="${px(at + 4)}" text-anchor="end">${text}</text>`;
    }),
  ];
  const colours = (shade: 0 | 1) =>
    series.map((_, i) => `.c${i}{--c:${COLOURS[i][shade]}}`).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${escape(title)}">
<style>
svg{--ground:#fff;--ink:#1f2328;--faint:#d8dee4;font:13px system-ui,sans-serif}
${colours(0)}
@media (prefers-color-scheme:dark){svg{--ground:#0d1117;--ink:#e6edf3;--faint:#30363d}${colours(1)}}
.ground{fill:var(--ground)}text{fill:var(--ink)}.title{font-weight:600;font-size:15px}
.grid{stroke:var(--faint)}polyline{fill:none;stroke:var(--c);stroke-width:2}
g path{fill:var(--c)}g .lead{fill:none;stroke:var(--c);opacity:.5}g text{fill:var(--c)}
</style>
<rect class="ground" width="${WIDTH}" height="${HEIGHT}" rx="6"/>
<text class="title" x="${AREA.left}" y="24">${escape(title)}</text>
${grid.join('\n')}
<text x="${(AREA.left + AREA.right) / 2}" y="${HEIGHT - 12}" text-anchor="middle">${escape(x)}</text>
<text transform="translate(18 ${(AREA.top + AREA.bottom) / 2}) rotate(-90)" text-anchor="middle">${escape(y)}</text>
${lines.join('\n')}
</svg>
`;
}
