import { transposeBits, type BitVolume } from '../../volume/bits';
import { allocate, inWords, USAGE, type BufferSizes } from '../../webgpu/buffers';
import { compile } from '../../webgpu/compile';
import { withCount } from '../thinningPlain';
import { RULES, sidesOf, type Side } from '../thinningRules';
import { CANDIDATES, DELETE, ROW_OF_GROUPS, WORKGROUP } from './shaders';

const FIELDS = 8;

/** Iterations that are given to the GPU before it is asked whether the last of them deleted anything. */
const TOGETHER = 4;

/** Params of one dispatch; bindings begin at multiples of 256 bytes. */
const PARAMS = 256;

/** Axes of the volume in the packed form, as the shader numbers them: x is the plane's, y the row's, z the bit's. */
const WHICH = Object.freeze([1, 0, 2] as const);

/**
 * `safe` thinning on a GPU: voxel for voxel `skeletonOfBits`, whose candidates go in eight fields by the parity of their
 * indices. No two voxels of a field touch, so a field's voxels are tested and deleted at the same time with the result
 * of one after the other. Each thread has 32 voxels.
 *
 * Source of deleting in subfields: Bertrand & Aktouf 1994; with a GPU in mind, Menten et al. 2023.
 */
export class GpuThinning {
  private constructor(
    private readonly device: GPUDevice,
    private readonly candidates: GPUComputePipeline,
    private readonly deletion: GPUComputePipeline,
  ) {}

  /** @throws GpuError `shader` */
  static async open(device: GPUDevice): Promise<GpuThinning> {
    const candidates = await compile(device, CANDIDATES, 'candidates of thinning');
    const deletion = await compile(device, DELETE, 'deletion of thinning');
    return new GpuThinning(device, candidates, deletion);
  }

  /**
   * The skeleton of a packed mask, which stays as it is. No buffer stays on the device.
   *
   * @returns packed along z
   * @throws GpuError `limit`, `memory`; Error where the device is lost
   */
  async thin(volume: BitVolume): Promise<BitVolume> {
    const packed = volume.axis === 'z' ? volume : transposeBits(volume);
    const looked = occupiedWords(packed.words);
    if (looked.length === 0) return withCount(packed);
    const sides = sidesOf(packed.dims, RULES.safe);
    const { of, destroy } = await allocate(this.device, sizesOf(packed, looked.length));
    try {
      const { queue } = this.device;
      queue.writeBuffer(of.words, 0, packed.words as Int32Array<ArrayBuffer>);
      queue.writeBuffer(of.looked, 0, looked);
      queue.writeBuffer(of.params, 0, paramsOf(packed, looked.length, sides));
      const iterate = this.#iteration(of, looked.length, sides);
      do {
        const encoder = this.device.createCommandEncoder();
        for (let i = 1; i < TOGETHER; i++) iterate(encoder);
        encoder.clearBuffer(of.deleted);
        iterate(encoder);
        encoder.copyBufferToBuffer(of.deleted, 0, of.answer, 0, 4);
        queue.submit([encoder.finish()]);
      } while ((await read(of.answer))[0] !== 0);
      const encoder = this.device.createCommandEncoder();
      encoder.copyBufferToBuffer(of.words, 0, of.result, 0, of.words.size);
      queue.submit([encoder.finish()]);
      return withCount({ ...packed, words: await read(of.result) });
    } finally {
      destroy();
    }
  }

  /** Encodes one iteration: each side in turn, its candidates field by field. */
  #iteration(of: Readonly<Record<Name, GPUBuffer>>, count: number, sides: readonly Side[]) {
    const { device, candidates, deletion } = this;
    const group = (pipeline: GPUComputePipeline, block: number, more: readonly GPUBuffer[]) =>
      device.createBindGroup({
        layout: pipeline.getBindGroupLayout(0),
        entries: [
          { buffer: of.params, offset: PARAMS * block, size: PARAMS },
          ...[of.words, of.looked, of.candidates, ...more].map((buffer) => ({ buffer })),
        ].map((resource, binding) => ({ binding, resource })),
      });
    const ofSides = sides.map((_, i) => group(candidates, i, []));
    const ofFields = Array.from({ length: FIELDS }, (_, field) =>
      group(deletion, sides.length + field, [of.deleted]),
    );
    const groups = Math.ceil(count / WORKGROUP);
    const dispatch = [Math.min(groups, ROW_OF_GROUPS), Math.ceil(groups / ROW_OF_GROUPS)] as const;

    return (encoder: GPUCommandEncoder) => {
      const pass = encoder.beginComputePass();
      for (const side of ofSides) {
        pass.setPipeline(candidates);
        pass.setBindGroup(0, side);
        pass.dispatchWorkgroups(...dispatch);
        pass.setPipeline(deletion);
        for (const field of ofFields) {
          pass.setBindGroup(0, field);
          pass.dispatchWorkgroups(...dispatch);
        }
      }
      pass.end();
    };
  }
}

type Name = keyof ReturnType<typeof sizesOf>;

function sizesOf({ words }: BitVolume, looked: number) {
  const { storage, copySource, copyTarget, mapRead, uniform } = USAGE;
  return {
    words: { size: words.byteLength, usage: storage | copySource | copyTarget },
    looked: { size: inWords(4 * looked), usage: storage | copyTarget },
    candidates: { size: inWords(4 * looked), usage: storage },
    deleted: { size: 4, usage: storage | copySource | copyTarget },
    params: { size: PARAMS * 16, usage: uniform | copyTarget },
    answer: { size: 4, usage: mapRead | copyTarget },
    result: { size: words.byteLength, usage: mapRead | copyTarget },
  } satisfies BufferSizes<string>;
}

/** One block for each side, then one for each field. */
function paramsOf(
  { rowWords, rowsPerPlane }: BitVolume,
  count: number,
  sides: readonly Side[],
): Uint32Array<ArrayBuffer> {
  const blocks = [
    ...sides.map(({ axis, step }) => [WHICH[axis], step]),
    ...Array.from({ length: FIELDS }, (_, field) => [field, 0]),
  ];
  const params = new Uint32Array((PARAMS / 4) * blocks.length);
  blocks.forEach((block, i) =>
    params.set([count, rowWords, rowsPerPlane, ...block], (PARAMS / 4) * i),
  );
  return params;
}

/** Words that hold foreground; only voxels of theirs can go. */
function occupiedWords(words: Int32Array): Uint32Array<ArrayBuffer> {
  const found = new Uint32Array(words.reduce((count, word) => count + (word === 0 ? 0 : 1), 0));
  for (let w = 0, i = 0; w < words.length; w++) if (words[w] !== 0) found[i++] = w;
  return found;
}

async function read(buffer: GPUBuffer): Promise<Int32Array> {
  await buffer.mapAsync(GPUMapMode.READ);
  const words = new Int32Array(buffer.getMappedRange()).slice();
  buffer.unmap();
  return words;
}
