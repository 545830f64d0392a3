import { loadModelFile } from '../inference/modelFile';
import { checkGraph, checkStatic, endsOf } from '../inference/onnx/checkGraph';
import { readOnnx } from '../inference/onnx/file';
import { declaredShape } from '../inference/onnx/shapes';
import { checkSignature } from '../inference/signature';
import type { ModelSource } from './protocol';

/**
 * Whether a model can be taken: its bytes are those that the manifest speaks of, its graph runs in a browser, and its
 * tensors are the manifest's. Nothing is run.
 *
 * @throws InputError `model.missing`, `model.sha256`, `model.names`, `model.shape`, and those of {@link readOnnx},
 * {@link checkGraph}, {@link checkStatic} and {@link endsOf}
 */
export async function inspectModel({ manifest, file }: ModelSource): Promise<void> {
  const bytes = await loadModelFile(file, manifest);
  const model = readOnnx(bytes, manifest.file);
  checkGraph(model, manifest.file);
  const ends = endsOf(model, manifest.file);
  checkStatic(model, ends, manifest.file);
  const shape = declaredShape(model.graph.input.find(({ name }) => name === ends.input)!)!;
  checkSignature(
    {
      inputNames: [ends.input],
      outputNames: [ends.output],
      inputMetadata: [
        { name: ends.input, isTensor: true, type: 'float32', shape: shape.map((n) => n ?? '?') },
      ],
    },
    manifest,
  );
}
