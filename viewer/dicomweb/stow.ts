import type { Instance, JsonDataset, JsonElement } from './model';
import type { InstanceStore, StoreFailure, StoreResult } from './store';
import { TAG } from './tags';

/** Failure reasons (PS3.18 10.5.3.1.2, PS3.4 table B.2-1) and what the person reads. */
const FAILURES: Readonly<Record<StoreFailure, { code: number; sentence: string }>> = Object.freeze({
  unreadable: { code: 0xc000, sentence: 'An object is no valid DICOM Part 10 file.' },
  'foreign-study': {
    code: 0xa900,
    sentence: 'An object belongs to another study than the address.',
  },
  duplicate: {
    code: 0x0111,
    sentence: 'An object with the same SOP Instance UID and other content is stored; it was kept.',
  },
  'not-written': {
    code: 0xa700,
    sentence: 'The data folder cannot be written, or its disk is full.',
  },
});

/** The answer to a request to store. */
export interface StowAnswer {
  /** 200 all stored, 202 some, 409 none. */
  readonly status: 200 | 202 | 409;
  readonly body: JsonDataset;
  /** One sentence for each kind of failure; PS3.18 puts it into the Warning header. */
  readonly warnings: readonly string[];
}

const sequence = (items: readonly JsonDataset[]): JsonElement => ({ vr: 'SQ', Value: items });

const reference = ({ sopClass, sop }: Instance): JsonDataset => ({
  [TAG.ReferencedSOPClassUID]: { vr: 'UI', Value: [sopClass] },
  [TAG.ReferencedSOPInstanceUID]: { vr: 'UI', Value: [sop] },
});

function item(result: StoreResult, root: string): JsonDataset {
  if (!result.stored)
    return {
      ...(result.instance && reference(result.instance)),
      [TAG.FailureReason]: { vr: 'US', Value: [FAILURES[result.reason].code] },
    };
  const { study, series, sop } = result.instance;
  const url = `${root}/studies/${study}/series/${series}/instances/${sop}`;
  return { ...reference(result.instance), [TAG.RetrieveURL]: { vr: 'UR', Value: [url] } };
}

const statusOf = (results: readonly StoreResult[]) => {
  const stored = results.filter((result) => result.stored).length;
  if (stored === results.length) return 200;
  return stored > 0 ? 202 : 409;
};

/**
 * Stores objects (STOW-RS, PS3.18 10.5).
 * @param objects Part 10 files
 * @param study the study that the address of the request names, if any
 * @param root address of the service, for RetrieveURL
 */
export function storeAll(
  store: InstanceStore,
  objects: readonly Buffer[],
  study: string | undefined,
  root: string,
): StowAnswer {
  const results = objects.map((bytes) => store.put(bytes, study));
  const items = (wanted: (result: StoreResult) => boolean) =>
    results.filter(wanted).map((result) => item(result, root));
  const lists: readonly [string, readonly JsonDataset[]][] = [
    [TAG.FailedSOPSequence, items((result) => !result.stored && result.instance !== undefined)],
    [TAG.ReferencedSOPSequence, items((result) => result.stored)],
    [TAG.OtherFailuresSequence, items((result) => !result.stored && !result.instance)],
  ];
  const reasons = new Set(results.flatMap((result) => (result.stored ? [] : [result.reason])));
  return {
    status: statusOf(results),
    body: Object.fromEntries(
      lists.filter(([, list]) => list.length).map(([tag, list]) => [tag, sequence(list)]),
    ),
    warnings: [...reasons].map((reason) => FAILURES[reason].sentence),
  };
}
