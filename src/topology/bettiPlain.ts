import type { BitVolume } from '../volume/bits';
import type { Betti } from './betti';
import { countCavities } from './gapsPlain';
import { eulerPlain } from './eulerPlain';
import { joinRuns } from './joinRuns';
import { runsPlain } from './runsPlain';

/** The specification of `bettiNumbers`. */
export function bettiPlain(bits: BitVolume): Betti {
  const runs = runsPlain(bits);
  const b0 = joinRuns(runs, bits.rowsPerPlane, 26).sets;
  const b2 = countCavities(runs, bits.rowsPerPlane);
  return { b0, b1: b0 + b2 - eulerPlain(bits, 26), b2 };
}
