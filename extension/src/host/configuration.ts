import { z } from 'zod';

/** Where webpack's runtime found this bundle: the folder of the .mjs, also under a sub-path. */
declare const __webpack_public_path__: string;

const Configuration = z.strictObject({
  /**
   * Address of the folder that holds `models/` and `ort/`, absolute or relative to the page; default: the
   * folder of this bundle.
   */
  assetBase: z.string().optional(),
  /** What Save SEG writes: LABELMAP (Supplement 243) or BINARY, for servers that refuse the newer class. */
  segmentation: z.enum(['LABELMAP', 'BINARY']).default('LABELMAP'),
  /** Transfer syntax of a LABELMAP: RLE Lossless, or `native` (Explicit VR Little Endian). BINARY is native always. */
  compression: z.enum(['rle', 'native']).default('rle'),
  /** Series Description (0008,103E) of the SEG; the report's says “measurements” behind it. */
  seriesDescription: z.string().trim().min(1).max(50).default('Vessels'),
  /** Manufacturer (0008,0070) of what is stored; default: the name of the program. */
  manufacturer: z.string().trim().min(1).max(64).optional(),
  /** How long the server may take to store an object, seconds. */
  storeTimeout: z.number().positive().default(120),
  /** `wasm` skips WebGPU. */
  backend: z.enum(['auto', 'webgpu', 'wasm']).default('auto'),
  /** Components smaller than this are dropped from the model's output, mm³. */
  minComponent: z.number().nonnegative().default(10),
});

/** What a site may set for the extension in OHIF's configuration, with defaults filled in. */
export type Configuration = Omit<z.infer<typeof Configuration>, 'assetBase'> & {
  /** Absolute, ends with a slash. */
  readonly assetBase: string;
};

/**
 * Check the configuration of the extension.
 *
 * @param input `vessels` in `window.config`, or the second part of the pair `[extension, configuration]` in OHIF's `extensions`
 * @param page address of the page, against which a relative `assetBase` is resolved
 * @throws Error naming each wrong key
 */
export function readConfiguration(input: unknown, page: string): Configuration {
  const parsed = Configuration.safeParse(input ?? {});
  if (!parsed.success)
    throw new Error(`ohif-extension-vessels, configuration: ${z.prettifyError(parsed.error)}`);
  const base = parsed.data.assetBase ?? __webpack_public_path__;
  return { ...parsed.data, assetBase: new URL(base.endsWith('/') ? base : `${base}/`, page).href };
}
