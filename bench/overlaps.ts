import os from 'node:os';
import { parseArgs } from 'node:util';
import { infer } from '@vessels/inference/infer';
import type { ModelManifest } from '@vessels/inference/manifest';
import type { Network } from '@vessels/inference/network';
import { realSets, type EvaluationSet } from './models/sets';
import { openInNode, readManifest } from './nodeModel';
import { machine, today, writeJson } from './rows';
import { writeSection } from './section';
import { markdownTable, type Column } from './table';

const USAGE = `eval:overlaps [--json FILE] [--docs]
  How much a mask changes when tiles overlap by more, so that they lie elsewhere. --docs writes the table into
  docs/inference.md.`;

const OVERLAPS = [16, 24, 32] as const;
/** What the others are held against. */
const MOST = 48;

/** Which images each net is tried on: all but the largest, which take long. */
const IMAGES: Readonly<Record<string, readonly string[]>> = Object.freeze({
  'vessels-mra': ['sample', 'aorta MRA', 'Circle of Willis TOF'],
  'vessels-cta': ['Circle of Willis CTA'],
});

interface Row {
  readonly model: string;
  readonly image: string;
  /** For each of {@link OVERLAPS}: voxels that are others, as shares of the mask and of the image. */
  readonly changes: readonly { readonly ofMask: number; readonly ofImage: number }[];
}

const percent = (share: number, digits: number) => `${(100 * share).toFixed(digits)} %`;

const COLUMNS: readonly Column<Row>[] = [
  { title: 'model', cell: (row) => row.model },
  { title: 'image', cell: (row) => row.image },
  ...OVERLAPS.map((overlap, i) => ({
    title: `overlap ${overlap}`,
    cell: ({ changes }: Row) =>
      `${percent(changes[i]!.ofMask, 2)} (${percent(changes[i]!.ofImage, 3)})`,
    numbers: true,
  })),
];

async function maskOf(
  { image }: EvaluationSet,
  manifest: ModelManifest,
  network: Network,
  overlap: number,
): Promise<Uint8Array> {
  const tiled: ModelManifest = { ...manifest, overlap: [overlap, overlap, overlap] };
  const { probability } = await infer(image, tiled, network);
  return probability.map((p) => Number(p >= 255 * manifest.threshold));
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      json: { type: 'string' },
      docs: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return void console.log(USAGE);
  const rows: Row[] = [];
  const versions: string[] = [];
  for (const [model, names] of Object.entries(IMAGES)) {
    const manifest = readManifest(model);
    versions.push(`${model} ${manifest.version}`);
    const network = await openInNode(manifest, os.cpus().length);
    for (const set of realSets(model).filter(({ name }) => names.includes(name))) {
      const most = await maskOf(set, manifest, network, MOST);
      const inMask = most.reduce((sum, value) => sum + value, 0);
      const changes: Row['changes'][number][] = [];
      for (const overlap of OVERLAPS) {
        const mask = await maskOf(set, manifest, network, overlap);
        const different = mask.reduce((sum, value, v) => sum + Number(value !== most[v]), 0);
        changes.push({ ofMask: different / inMask, ofImage: different / mask.length });
      }
      rows.push({ model, image: set.name, changes });
    }
    await network.release();
  }
  const text = `Made on ${today()}: ${machine()}; ${versions.join(', ')}.\n\n${markdownTable(COLUMNS, rows)}`;
  console.log(text);
  if (values.docs) await writeSection('inference.md', 'eval:overlaps', text);
  if (values.json) writeJson(values.json, rows);
}

await main();
