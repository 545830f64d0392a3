import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { ModelProtoSchema, type GraphProto, type ModelProto } from 'onnx-buf';
import { InputError } from '../../volume/errors';

/** A model as its .onnx file holds it, with a graph. */
export type OnnxModel = ModelProto & { readonly graph: GraphProto };

/**
 * Read an .onnx file.
 *
 * @param file its name, for the message
 * @throws InputError `onnx.unreadable`
 */
export function readOnnx(bytes: Uint8Array, file: string): OnnxModel {
  try {
    const model = fromBinary(ModelProtoSchema, bytes);
    if (hasGraph(model)) return model;
  } catch {
    // What protobuf says of a file that is none helps nobody.
  }
  throw new InputError(
    'onnx.unreadable',
    `${file} is no ONNX model, or is cut off; export the model again.`,
  );
}

const hasGraph = (model: ModelProto): model is OnnxModel =>
  model.graph !== undefined && model.graph.node.length > 0 && model.opsetImport.length > 0;

/** The .onnx file of a model. */
export const writeOnnx = (model: OnnxModel): Uint8Array => toBinary(ModelProtoSchema, model);
