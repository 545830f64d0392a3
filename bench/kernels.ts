import fs from 'node:fs';
import os from 'node:os';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { bundle } from './build';
import { openKernelBrowser, type KernelBrowser } from './kernels/browser';
import { makeCase, type KernelCase } from './kernels/cases/files';
import { RECIPES } from './kernels/cases/recipes';
import { applies, plainRow, rowsOf, type KernelRow } from './kernels/compare';
import { writeDocument } from './kernels/document';
import { growthPlots, measureGrowth } from './kernels/growth';
import { median } from './kernels/measure';
import { measureInNode } from './kernels/node';
import { OPERATIONS, type OperationName } from './kernels/operations';
import { openPeers, type Peers } from './kernels/python';
import { reportText, type Report } from './kernels/report';
import { machine, writeJson } from './rows';

const USAGE = `bench:kernels [--quick | --growth | --case NAME …] [--json FILE] [--docs]
  --quick   the smallest case, few repetitions, no peers: a smoke run
  --growth  only the curves of growing cost
  --case    only this case, without the curves: ${RECIPES.map(({ name }) => name).join(', ')}
  --json    write the rows to a file
  --docs    write the report and the curves into docs/kernels.md and docs/figures`;

const REPEATS = Object.freeze({ whole: 7, quick: 3 });
/** The case of a smoke run, and the one that Chromium takes in a whole run. */
const SMALLEST = 'tree128';
const LARGEST = 'tree512x300';

interface Parts {
  readonly quick: boolean;
  /** Names of the cases. */
  readonly cases: readonly string[];
  readonly growth: boolean;
}

function partsOf({
  quick,
  growth,
  case: named,
}: {
  quick: boolean;
  growth: boolean;
  case: string[];
}): Parts {
  const all = RECIPES.map(({ name }) => name);
  const unknown = named.find((name) => !all.includes(name));
  if (unknown) throw new Error(`There is no case ${unknown}; the cases are ${all.join(', ')}.`);
  if (named.length > 0) return { quick, cases: named, growth: false };
  return { quick, cases: growth ? [] : quick ? [SMALLEST] : all, growth: true };
}

const operationsOn = (one: KernelCase): OperationName[] =>
  (Object.keys(OPERATIONS) as OperationName[]).filter((name) => applies(OPERATIONS[name], one));

/** A sign of life: a whole run takes minutes. */
const say = (what: string) => console.error(`${new Date().toTimeString().slice(0, 8)} ${what}`);

const inNode = (one: KernelCase, repeats: number, peers?: Peers): KernelRow[] =>
  operationsOn(one).flatMap((name) => {
    say(`${one.name}: ${OPERATIONS[name].title}`);
    return rowsOf(name, one, measureInNode(name, one, repeats), peers);
  });

async function inChromium(
  browser: KernelBrowser,
  on: KernelCase,
  repeats: number,
  peers?: Peers,
): Promise<KernelRow[]> {
  const rows: KernelRow[] = [];
  say(`${on.name}: the same in Chromium`);
  for (const name of operationsOn(on)) {
    const ours = await browser.measure(name, repeats);
    // the first peer will do: all of them stand beside Node's times
    rows.push(...rowsOf(name, on, ours, peers, 'Chromium, ').slice(0, 1));
  }
  const [one, two] = [await browser.pair(1, repeats), await browser.pair(2, repeats)];
  rows.push({
    ...plainRow('Chromium, the pair in two workers', on, two, { peer: 'ours in one', ...one }),
    same: isDeepStrictEqual(one.scores, two.scores),
  });
  rows.push(plainRow('Chromium, unzip the pair', on, await browser.gunzip(repeats)));
  return rows;
}

/** Unzipping a pair with zlib. */
function unzipInNode(on: KernelCase, repeats: number): KernelRow {
  const files = on.gzipped.map((file) => fs.readFileSync(file));
  const seconds = Array.from({ length: repeats + 1 }, () => {
    const start = performance.now();
    files.forEach((file) => gunzipSync(file));
    return (performance.now() - start) / 1000;
  });
  return plainRow('unzip the pair', on, { cold: seconds[0], warm: median(seconds.slice(1)) });
}

async function measureCases({ quick, cases: names }: Parts, peers?: Peers) {
  const repeats = quick ? REPEATS.quick : REPEATS.whole;
  const cases = RECIPES.filter(({ name }) => names.includes(name)).map(makeCase);
  const rows = cases.flatMap((one) => inNode(one, repeats, peers));
  const pairs = cases.filter(({ prediction }) => prediction !== null);
  const inPage = pairs.find(({ name }) => name === LARGEST) ?? pairs.at(-1);
  if (!inPage) return { cases, rows, browser: '' };
  rows.push(unzipInNode(inPage, repeats));
  const browser = await openKernelBrowser(inPage);
  if (!browser) return { cases, rows, browser: '' };
  rows.push(...(await inChromium(browser, inPage, repeats, peers)));
  browser.close();
  return { cases, rows, browser: `, Chromium ${browser.version}` };
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      growth: { type: 'boolean', default: false },
      case: { type: 'string', multiple: true, default: [] },
      json: { type: 'string' },
      docs: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return void console.log(USAGE);
  const parts = partsOf(values);
  bundle('bench/kernels/webpack.config.mjs');
  const load = os.loadavg()[0];
  const peers = parts.quick ? undefined : openPeers();

  const { cases, rows, browser } = await measureCases(parts, peers);
  if (parts.growth) say('how the cost grows');
  const growth = parts.growth ? measureGrowth(peers, parts.quick) : [];

  const report: Report = {
    machine: machine() + browser,
    load,
    peers: peers?.versions ?? [],
    cases,
    rows,
    growth,
  };
  const plots = growthPlots(growth);
  const text = reportText(report, plots.values());
  console.log(`\n${text}`);
  if (values.json) writeJson(values.json, report);
  if (values.docs) await writeDocument(text, plots);
  if (rows.some(({ same }) => same === false)) {
    console.log('\nA result is not the peer’s where it must be: see NO above.');
    process.exitCode = 1;
  }
}

await main();
