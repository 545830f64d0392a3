import { v4, v5 } from 'uuid';

/** Namespace of the UIDs that are derived from a seed. */
const NAMESPACE = 'cb2636cc-a699-40d4-8b93-f1453479fd26';

/** A UUID as a UID: "2.25." and its value in decimal (PS3.5 B.2), at most 44 characters. */
const fromUuid = (uuid: string): string => `2.25.${BigInt(`0x${uuid.replaceAll('-', '')}`)}`;

/** A new UID. */
export const newUid = (): string => fromUuid(v4());

/** The UID that belongs to a seed: the same seed gives the same UID everywhere (a version 5 UUID). */
export const uidFromSeed = (seed: string): string => fromUuid(v5(seed, NAMESPACE));

/**
 * Names UIDs within an object or study.
 *
 * @param seed the same seed and name give the same UID everywhere; without one, each call gives a new UID
 */
export const uidMaker =
  (seed?: string) =>
  (name: string): string =>
    seed === undefined ? newUid() : uidFromSeed(`${seed}/${name}`);
