import type { SegmentDescription } from '../types';
import { uidMaker } from '../uid';
import type { BranchMeasurements } from './measurements';

/** What follows one thing through objects: text for people, a UID for programs. */
export type Tracking = NonNullable<SegmentDescription['tracking']>;

/**
 * How each branch is tracked: as its segment where that holds no other branch, so that SEG and SR name the vessel
 * alike; else by a name and UID of its own, which the UID of the segment and the place among its branches make.
 */
export function trackingOf(
  branches: readonly BranchMeasurements[],
  segments: readonly SegmentDescription[],
  uid: (name: string) => string,
): Tracking[] {
  const seen = new Map<number, number>();
  return branches.map(({ segment }) => {
    const { label, tracking } = segments.find(({ number }) => number === segment)!;
    const place = (seen.get(segment) ?? 0) + 1;
    seen.set(segment, place);
    const isAlone = branches.filter((other) => other.segment === segment).length === 1;
    if (isAlone) return tracking ?? { id: label, uid: uid(`segment ${segment}`) };
    const name = `branch ${place}`;
    return {
      id: `${tracking?.id ?? label}, ${name}`,
      uid: tracking ? uidMaker(tracking.uid)(name) : uid(`segment ${segment} ${name}`),
    };
  });
}
