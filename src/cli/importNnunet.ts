import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { ModelManifest } from '../inference/manifest';
import { MODALITIES, type Modality } from '../inference/modalities';
import { convert, type Converted } from '../inference/nnunet/convert';
import { manifestOf, type ImportChoices } from '../inference/nnunet/manifestOf';
import { parseDataset, parsePlans, type Dataset, type Plans } from '../inference/nnunet/plans';
import { nodeRuntime } from '../inference/nodeRuntime';
import { checkManifest } from '../inference/parseManifest';
import { inputShape, outputShape } from '../inference/signature';
import { InputError } from '../volume/errors';
import { modelCard } from './modelCard';
import { findNnunetFiles } from './nnunetFiles';

export const IMPORT_HELP = `Usage: vessels-model import-nnunet FOLDER_OR_ONNX [options]

Makes model.onnx, manifest.json and MODEL_CARD.md of an nnU-Net v2 that was exported to ONNX.
FOLDER is nnU-Net's results folder with plans.json, dataset.json and the .onnx file in it.

  --plans FILE          plans.json, where it is not beside the net
  --dataset FILE        dataset.json, where it is not beside the net
  --out FOLDER          where to write; ./NAME-OF-THE-DATASET otherwise
  --configuration NAME  of the plans; 3d_fullres otherwise
  --vessel LABEL        counts as vessel; may be given again; all but the background otherwise
  --mirror AXES         test-time mirroring along some of xyz, such as xyz (8 runs a tile); off otherwise
  --modality NAME       CT, MR, OPT or OT; may be given again; CT where nnU-Net normalises as CT, else MR, otherwise
  --id ID --name NAME --version VERSION --licence TEXT
                        for the list of models
`;

/**
 * `vessels-model import-nnunet`; tells on standard output what was made.
 *
 * @throws InputError for everything that keeps the net from being imported
 */
export async function importNnunet(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      plans: { type: 'string' },
      dataset: { type: 'string' },
      out: { type: 'string' },
      configuration: { type: 'string', default: '3d_fullres' },
      vessel: { type: 'string', multiple: true },
      mirror: { type: 'string', default: '' },
      modality: { type: 'string', multiple: true },
      id: { type: 'string' },
      name: { type: 'string' },
      version: { type: 'string', default: '1.0.0' },
      licence: { type: 'string' },
    },
  });
  if (positionals.length !== 1)
    throw new InputError(
      'nnunet.files',
      'Name one folder or .onnx file; vessels-model import-nnunet --help tells more.',
    );
  const files = findNnunetFiles(positionals[0], values);
  const plans = parsePlans(fs.readFileSync(files.plans, 'utf8'));
  const dataset = parseDataset(fs.readFileSync(files.dataset, 'utf8'));
  const choices = choicesOf(values, plans, dataset);

  const pending = { file: 'model.onnx', sha256: '0'.repeat(64), input: 'image', output: 'logits' };
  const expected = manifestOf(plans, dataset, choices, pending);
  const name = path.basename(files.onnx);
  const wanted = { input: inputShape(expected), output: outputShape(expected) };
  const net = await convert(
    new Uint8Array(fs.readFileSync(files.onnx)),
    name,
    wanted,
    nodeRuntime(),
  );
  const manifest = checkManifest(
    {
      ...expected,
      sha256: bytesToHex(sha256(net.bytes)),
      input: net.input,
      output: net.output,
    },
    'manifest.json',
  );

  const out = values.out ?? manifest.id;
  fs.mkdirSync(out, { recursive: true });
  fs.writeFileSync(path.join(out, manifest.file), net.bytes);
  fs.writeFileSync(path.join(out, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  fs.writeFileSync(path.join(out, manifest.card), modelCard(manifest, plans, choices));
  process.stdout.write(report(manifest, net, out));
}

/** The options as they were given. */
interface Values {
  readonly configuration: string;
  readonly vessel?: readonly string[];
  readonly mirror: string;
  readonly modality?: readonly string[];
  readonly id?: string;
  readonly name?: string;
  readonly version: string;
  readonly licence?: string;
}

function choicesOf(values: Values, plans: Plans, dataset: Dataset): ImportChoices {
  const name = values.name ?? plans.dataset_name;
  const isCt = Object.values(dataset.channel_names)[0]?.toUpperCase() === 'CT';
  return {
    configuration: values.configuration,
    id: values.id ?? idOf(name),
    name,
    version: values.version,
    modalities: (values.modality ?? [isCt ? 'CT' : 'MR']).map(modality),
    licence: values.licence ?? dataset.licence ?? dataset.license ?? 'not stated',
    ...(values.vessel && { vessels: values.vessel }),
    mirror: [...values.mirror].map(axis),
  };
}

const idOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '') || 'nnunet';

function modality(text: string): Modality {
  const known = MODALITIES.find((name) => name === text);
  if (known) return known;
  throw new InputError(
    'nnunet.option',
    `--modality is one of ${MODALITIES.join(', ')}, not "${text}".`,
  );
}

function axis(letter: string): 'x' | 'y' | 'z' {
  if (letter === 'x' || letter === 'y' || letter === 'z') return letter;
  throw new InputError('nnunet.option', `--mirror takes some of the letters xyz, not "${letter}".`);
}

function report(manifest: ModelManifest, net: Converted, out: string): string {
  const channels = manifest.prediction?.channels ?? [];
  const named = (isVessel: boolean) =>
    channels
      .filter(({ vessel }) => vessel === isVessel)
      .map(({ name }) => name)
      .join(', ') || 'none';
  const lines = [
    [
      'graph',
      `opset ${net.opset}, ${net.operators} operators, ${(net.bytes.length / 2 ** 20).toFixed(2)} MB`,
    ],
    [
      'upsampling',
      `${net.takenApart} transposed convolutions replaced; greatest difference ${net.difference.toExponential(1)}`,
    ],
    ['tile', `${manifest.patch.join('×')} voxels of ${manifest.spacing?.join('×')} mm (x×y×z)`],
    ['normalise', manifest.normalisation.kind],
    ['vessel', `${named(true)} (one mask: these labels count as one)`],
    ['no vessel', named(false)],
    ['mirroring', manifest.mirror?.join('') ?? 'off'],
    ['licence', manifest.licence],
    [
      'written',
      [manifest.file, 'manifest.json', manifest.card].map((f) => path.join(out, f)).join(', '),
    ],
  ];
  return lines.map(([name, value]) => `${name.padEnd(11)} ${value}\n`).join('');
}
