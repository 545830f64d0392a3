import type { Vec3 } from '@vessels/volume/geometry';

/** What an operation works on, in memory. */
export interface Input {
  readonly dims: Vec3;
  /** mm */
  readonly spacing: Vec3;
  readonly mask: Uint8Array;
  /** The mask's perturbed twin; empty where there is none. */
  readonly prediction: Uint8Array;
}
