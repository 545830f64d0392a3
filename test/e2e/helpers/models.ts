import fs from 'node:fs';
import path from 'node:path';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Page } from '@playwright/test';
import { readOnnx, writeOnnx, type OnnxModel } from '@vessels/inference/onnx/file';
import { declareShape } from '@vessels/inference/onnx/shapes';
import { floatsOf, floatTensor } from '@vessels/inference/onnx/tensors';
import type { ModelManifest } from '@vessels/inference/manifest';

/** The files of an imported model: net, manifest, card. */
export const filesOf = (folder: string): string[] =>
  ['model.onnx', 'manifest.json', 'MODEL_CARD.md'].map((name) => path.join(folder, name));

/** What is wrong with a model, and what the sentence must say. */
export interface BrokenModel {
  readonly name: string;
  readonly says: RegExp;
  readonly net?: (model: OnnxModel) => void;
  readonly manifest?: (manifest: Partial<ModelManifest>) => void;
}

export const BROKEN: readonly BrokenModel[] = Object.freeze([
  {
    name: 'wrong sha256',
    says: /model\.onnx is not the file that its manifest describes \(SHA-256 differs\)/,
    manifest: (manifest) => (manifest.sha256 = '0'.repeat(64)),
  },
  {
    name: 'wrong opset',
    says: /written in opset 9 of ONNX, and 11 to 21 can be run/,
    net: ({ opsetImport }) => (opsetImport[0]!.version = 9n),
  },
  {
    name: 'unsupported operator',
    says: /has the operator NonZero .*because the shape of its result depends on the image/,
    net: ({ graph }) => (graph.node[1]!.opType = 'NonZero'),
  },
  {
    name: 'dynamic shape',
    says: /leaves the size of its input open \(1×1×\?×16×16\)/,
    net: ({ graph }) => declareShape(graph.input[0]!, [1, 1, 0, 16, 16]),
  },
  {
    name: 'weights that are no numbers',
    says: /hold a value that is no number \(NaN or infinite\)/,
    net({ graph }) {
      const [first] = graph.initializer;
      const values = floatsOf(first!)!.slice();
      values[0] = NaN;
      graph.initializer[0] = floatTensor(first!.name, first!.dims.map(Number), values);
    },
  },
  {
    name: 'manifest without a field',
    says: /manifest\.json is no model manifest: patch: /,
    manifest: (manifest) => delete manifest.patch,
  },
]);

/** Writes a model with something wrong in it; its SHA-256 is right unless that is what is wrong. */
export function writeBroken(from: string, to: string, { net, manifest }: BrokenModel): string[] {
  fs.mkdirSync(to, { recursive: true });
  const [model, json] = filesOf(to) as [string, string];
  const [source, sourceJson] = filesOf(from) as [string, string];
  const onnx = readOnnx(new Uint8Array(fs.readFileSync(source)), 'model.onnx');
  net?.(onnx);
  const bytes = writeOnnx(onnx);
  const facts = JSON.parse(fs.readFileSync(sourceJson, 'utf8')) as Partial<ModelManifest>;
  facts.sha256 = bytesToHex(sha256(bytes));
  manifest?.(facts);
  fs.writeFileSync(model, bytes);
  fs.writeFileSync(json, JSON.stringify(facts));
  return [model, json];
}

/** The vessel labelmap that the viewer holds: 0 or 1, slices by rising position along z. */
export async function shownMask(page: Page): Promise<number[]> {
  return page.evaluate(() => {
    const { cornerstone, cornerstoneTools } = globalThis as unknown as {
      cornerstone: {
        cache: { getImage(id: string): { voxelManager: { getScalarData(): ArrayLike<number> } } };
        metaData: { get(type: string, id: string): { imagePositionPatient: number[] } };
      };
      cornerstoneTools: {
        segmentation: {
          state: {
            getSegmentations(): { representationData: { Labelmap: { imageIds: string[] } } }[];
          };
        };
      };
    };
    const height = (id: string) =>
      cornerstone.metaData.get('imagePlaneModule', id).imagePositionPatient[2]!;
    const [last] = cornerstoneTools.segmentation.state.getSegmentations().slice(-1);
    const ids = [...last!.representationData.Labelmap.imageIds];
    ids.sort((a, b) => height(a) - height(b));
    return ids.flatMap((id) =>
      Array.from(cornerstone.cache.getImage(id).voxelManager.getScalarData()),
    );
  });
}
