import type { NaturalDataset } from '../types';
import { NAME } from './concepts';
import { text } from './contentItems';

/** What measured. */
export interface Algorithm {
  readonly name: string;
  readonly version: string;
  /** What else the numbers depend on. */
  readonly parameters?: string;
}

/** What measured, as TID 4019 says it. */
export const algorithmItems = ({ name, version, parameters }: Algorithm): NaturalDataset[] => [
  text('HAS CONCEPT MOD', NAME.algorithmName, name),
  text('HAS CONCEPT MOD', NAME.algorithmVersion, version),
  ...(parameters ? [text('HAS CONCEPT MOD', NAME.algorithmParameters, parameters)] : []),
];
