import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { ModelManifest } from '@vessels/inference/manifest';
import { labelComponents } from '@vessels/topology/components';
import { voxelVolume } from '@vessels/volume/geometry';
import { heldOutSets } from './models/heldOut';
import { agreement, calibrationError } from './models/judge';
import { goalsOf, GOAL_COLUMNS } from './models/goals';
import { baselines, ofNet, probabilityOf, regionOf, type Found } from './models/methods';
import { pictureOf, png } from './models/pictures';
import type { Look, Row } from './models/results';
import { both } from './models/region';
import { realSets, type EvaluationSet } from './models/sets';
import { MODELS, openInNode, readManifest } from './nodeModel';
import { openPeerPython } from './peers';
import { machine, writeJson } from './rows';
import { markdownTable, type Column } from './table';

const USAGE = `eval:models [MODEL …] [--json FILE] [--pictures FOLDER] [--models FOLDER] [--no-baselines]
  What the bundled nets (or those named) find on held-out synthetic and on real angiograms, beside classical filters
  whose threshold is the best for each volume. --pictures writes projections of image and mask.`;

const meanOf = (values: readonly (number | null)[]): number | null => {
  const known = values.filter((value) => value !== null);
  return known.length ? known.reduce((sum, value) => sum + value, 0) / known.length : null;
};

/** Rows of the same method and set become one. */
function averaged(rows: readonly Row[]): Row[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = `${row.set}, ${row.method}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].map((group) =>
    Object.assign(
      {},
      ...Object.entries(group[0]).map(([key, value]) => ({
        [key]:
          typeof value === 'string'
            ? value
            : meanOf(group.map((row) => row[key as keyof Row] as number | null)),
      })),
    ),
  );
}

const share = (value: number | null): string => value?.toFixed(3) ?? '';
const count = (value: number): string => String(Number(value.toFixed(1)));

const COLUMNS: readonly Column<Row>[] = [
  { title: 'set', cell: (row) => row.set },
  { title: 'method', cell: (row) => row.method },
  { title: 'Dice', cell: (row) => share(row.dice), numbers: true },
  { title: 'clDice', cell: (row) => share(row.clDice), numbers: true },
  { title: 'tprec', cell: (row) => share(row.tprec), numbers: true },
  { title: 'tsens', cell: (row) => share(row.tsens), numbers: true },
  { title: 'whole tsens', cell: (row) => share(row.wholeTsens), numbers: true },
  { title: 'r ≤ 1.5', cell: (row) => share(row.thin), numbers: true },
  { title: '≤ 3', cell: (row) => share(row.middle), numbers: true },
  { title: '> 3', cell: (row) => share(row.wide), numbers: true },
  { title: 'Δβ0', cell: (row) => count(row.b0), numbers: true },
  { title: 'Δβ1', cell: (row) => count(row.b1), numbers: true },
  { title: 'Δβ2', cell: (row) => count(row.b2), numbers: true },
  { title: 'components', cell: (row) => count(row.components), numbers: true },
  { title: 'ECE', cell: (row) => share(row.ece), numbers: true },
];

const LOOK_COLUMNS: readonly Column<Look>[] = [
  { title: 'set', cell: (row) => row.set },
  { title: 'components', cell: (row) => count(row.components), numbers: true },
  { title: 'ml', cell: (row) => row.ml.toFixed(2), numbers: true },
  { title: 'second largest, ml', cell: (row) => row.secondMl.toFixed(2), numbers: true },
];

function scored(
  set: EvaluationSet,
  truth: Uint8Array,
  { method, mask, components }: Found,
): Omit<Row, 'model' | 'ece'> {
  const { dims } = set.image.geometry;
  const region = regionOf(set);
  return {
    set: set.name,
    method,
    ...agreement(both(mask, region), both(truth, region), dims),
    components,
    wholeTsens: agreement(mask, truth, dims).tsens,
  };
}

const readManifests = (folder: string): ModelManifest[] =>
  fs
    .readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => readManifest(path.basename(name, '.json'), folder));

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    allowNegative: true,
    options: {
      json: { type: 'string' },
      pictures: { type: 'string' },
      models: { type: 'string', default: MODELS },
      baselines: { type: 'boolean', default: true },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return void console.log(USAGE);
  const python = openPeerPython()?.python;
  const results: (Row | Look)[] = [];
  console.log(machine());
  for (const manifest of readManifests(values.models)) {
    if (positionals.length > 0 && !positionals.includes(manifest.id)) continue;
    const network = await openInNode(manifest, os.cpus().length, values.models);
    const modality = manifest.id.replace('vessels-', '');
    const rows: Row[] = [];
    const looks: Look[] = [];
    for (const set of [
      ...(python ? heldOutSets(python, modality) : []),
      ...realSets(manifest.id),
    ]) {
      const probability = await probabilityOf(set, manifest, network);
      const found = ofNet(set, probability, manifest);
      const model = manifest.id;
      if (set.truth) {
        const ece = calibrationError(probability, set.truth, regionOf(set));
        rows.push({ model, ...scored(set, set.truth, found), ece });
        for (const baseline of values.baselines ? baselines(set, set.truth, python) : [])
          rows.push({ model, ...scored(set, set.truth, baseline), ece: null });
      } else {
        const { geometry } = set.image;
        const { count: components, sizes } = labelComponents(found.mask, geometry.dims, 26);
        const inMl = (voxels: number) => (voxels * voxelVolume(geometry)) / 1000;
        const voxels = sizes.reduce((sum, size) => sum + size, 0);
        const [ml, secondMl] = [voxels, sizes[1] ?? 0].map(inMl) as [number, number];
        looks.push({ model, set: set.name, components, ml, secondMl });
      }
      if (values.pictures && !set.normalised) {
        fs.mkdirSync(values.pictures, { recursive: true });
        const name = `${manifest.id}-${set.name.replace(/\W+/g, '-')}.png`;
        fs.writeFileSync(path.join(values.pictures, name), png(pictureOf(set.image, found.mask)));
      }
    }
    await network.release();
    const table = averaged(rows);
    console.log(
      `\n**${manifest.id} ${manifest.version}**, threshold ${manifest.threshold}\n\n${markdownTable(COLUMNS, table)}`,
    );
    if (looks.length > 0) console.log(`\n${markdownTable(LOOK_COLUMNS, looks)}`);
    results.push(...table, ...looks);
  }
  console.log(`\n**Goals**\n\n${markdownTable(GOAL_COLUMNS, goalsOf(results))}`);
  if (values.json) writeJson(values.json, results);
}

await main();
