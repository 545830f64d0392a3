import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { drop, send } from '../../extension/src/actions/send';
import { retry } from '../../extension/src/actions/save';
import type { Session, VesselsContext } from '../../extension/src/context';
import {
  createVesselsStore,
  currentSaved,
  hasUnsaved,
  savedAs,
} from '../../extension/src/state/store';
import type { SeriesInfo, StorableObject, VesselResult } from '../../extension/src/state/types';

/** What the server answers to the next objects: a status, or no answer at all after some seconds. */
type Answer = { readonly status: number; readonly response?: unknown } | { readonly after: number };

class FakeRequest {
  timeout = 0;
  status = 0;
  response: unknown = '';
}

const RESULT = { seriesUID: 's1' } as VesselResult;

const object = (what: 'SEG' | 'SR', uid: string): StorableObject => ({
  what,
  sopClassUID: '1.1',
  sopInstanceUID: uid,
  seriesInstanceUID: `${uid}.9`,
  bytes: new ArrayBuffer(8),
  result: RESULT,
});

/** A viewer with one series, before a server that gives these answers. */
function viewer(answers: Answer[]) {
  const store = createVesselsStore();
  const received: ArrayBuffer[] = [];
  const listed = new Set<string>();
  const session = {
    uid: 's1',
    series: { displaySet: { StudyInstanceUID: 'study' } },
  } as unknown as Session;
  const source = {
    getConfig: () => ({ name: 'server', wadoRoot: '/dicomweb' }),
    store: {
      dicom: async (bytes: ArrayBuffer, request: FakeRequest) => {
        received.push(bytes);
        const answer = answers.shift()!;
        if ('after' in answer) {
          now += 1000 * answer.after;
          throw new Error('no answer');
        }
        Object.assign(request, answer);
        if (answer.status >= 300) throw new Error('refused');
      },
    },
    retrieve: {
      series: {
        metadata: async ({ filters }: { filters: { seriesInstanceUID: string[] } }) =>
          void listed.add(filters.seriesInstanceUID[0]!),
      },
    },
  };
  const ctx = {
    store,
    stored: new Map(),
    sessions: new Map([['s1', session]]),
    configuration: { storeTimeout: 120, seriesDescription: 'Vessels' },
    extensionManager: { getActiveDataSourceOrNull: () => source },
    services: {
      displaySetService: {
        get activeDisplaySets() {
          return [...listed].map((uid) => ({
            SeriesInstanceUID: uid,
            SeriesNumber: 300,
            SeriesDescription: 'Vessels',
          }));
        },
      },
    },
  } as unknown as VesselsContext;
  return { ctx, session, store, received };
}

const globals = globalThis as { XMLHttpRequest?: unknown };
const realNow = performance.now;
let now = 0;

beforeEach(() => {
  now = 0;
  globals.XMLHttpRequest = FakeRequest;
  performance.now = () => now;
});

afterEach(() => {
  delete globals.XMLHttpRequest;
  performance.now = realNow;
});

describe('an object that is sent', () => {
  it('is saved where the server takes it, and the predecessor of the next one', async () => {
    const { ctx, session, store } = viewer([{ status: 200 }, { status: 200 }]);
    expect(await send(ctx, session, object('SEG', '1.2'))).toBe(true);
    expect(store.getState()).toMatchObject({
      saved: [{ of: RESULT, label: 'S300 · Vessels', seg: { sopInstanceUID: '1.2' } }],
      notStored: [],
    });
    await send(ctx, session, object('SR', '1.3'));
    expect(store.getState().saved).toMatchObject([{ report: 'S300 · Vessels' }]);
    expect(ctx.stored.get('s1')).toMatchObject({
      SEG: { sopInstanceUID: '1.2' },
      SR: { sopInstanceUID: '1.3' },
    });
  });

  it.each<[string, Answer, RegExp]>([
    ['is too large', { status: 413 }, /status 413: the object is too large for it/],
    ['conflicts', { status: 409, response: 'SOP class' }, /status 409.*“SOP class”/],
    ['gets no answer', { after: 1 }, /could not be reached/],
    ['gets no answer in time', { after: 121 }, /not answer within 120 seconds/],
    [
      'is named among those that failed',
      { status: 202, response: { '00081198': { Value: [{ '00081197': { Value: [0x0122] } }] } } },
      /failure reason 290: it does not take this kind of object/,
    ],
  ])('that %s stays, with the reason', async (_, answer, reason) => {
    const { ctx, session, store } = viewer([answer]);
    expect(await send(ctx, session, object('SEG', '1.2'))).toBe(false);
    const { notStored, saved, error } = store.getState();
    expect(notStored).toHaveLength(1);
    expect(notStored[0]).toMatchObject({ id: 1, what: 'SEG', sopInstanceUID: '1.2' });
    expect(notStored[0]!.reason).toMatch(reason);
    expect([saved, error]).toEqual([[], undefined]);
    expect(ctx.stored.size).toBe(0);
    expect(hasUnsaved(store.getState())).toBe(true);
  });
});

describe('an object that was not stored', () => {
  it('is sent again as it was: the same bytes; refused again it keeps its place', async () => {
    const answers: Answer[] = [{ status: 507 }, { status: 507 }, { status: 503 }, { status: 200 }];
    const { ctx, session, store, received } = viewer(answers);
    const [first, second] = [object('SEG', '1.2'), object('SR', '1.3')];
    await send(ctx, session, first);
    await send(ctx, session, second);
    await retry(ctx, store.getState().notStored[0]!);
    expect(store.getState().notStored.map(({ id, what }) => [id, what])).toEqual([
      [1, 'SEG'],
      [2, 'SR'],
    ]);
    expect(store.getState().notStored[0]!.reason).toContain('503');
    await retry(ctx, store.getState().notStored[0]!);
    expect(store.getState().notStored.map(({ what }) => what)).toEqual(['SR']);
    expect(store.getState().saved).toMatchObject([{ seg: { sopInstanceUID: '1.2' } }]);
    expect(received).toEqual([first.bytes, second.bytes, first.bytes, first.bytes]);
    expect(received[3]).toBe(first.bytes);
    expect(store.getState().activity).toEqual({ kind: 'idle' });
  });

  it('of an older result says nothing of the result on screen when it is stored after all', async () => {
    const { ctx, session, store } = viewer([
      { status: 200 },
      { status: 507 },
      { status: 200 },
      { status: 200 },
    ]);
    const newer = { ...RESULT, mask: 2 };
    await send(ctx, session, object('SEG', '1.2'));
    await send(ctx, session, object('SR', '1.3'));
    await send(ctx, session, { ...object('SEG', '1.4'), result: newer });
    await retry(ctx, store.getState().notStored[0]!);
    store.setState({ series: { uid: 's1' } as SeriesInfo, results: { s1: newer } });
    expect(currentSaved(store.getState())?.seg.sopInstanceUID).toBe('1.4');
    expect(currentSaved(store.getState())?.report).toBeUndefined();
    const older = savedAs(store.getState(), RESULT);
    expect([older?.seg.sopInstanceUID, older?.report]).toEqual(['1.2', 'S300 · Vessels']);
    expect(hasUnsaved(store.getState())).toBe(false);
  });

  it('is gone once it is dismissed', async () => {
    const { ctx, session, store } = viewer([{ status: 500 }]);
    await send(ctx, session, object('SEG', '1.2'));
    drop(ctx, store.getState().notStored[0]!.id);
    expect(store.getState().notStored).toEqual([]);
    expect(hasUnsaved(store.getState())).toBe(false);
  });

  it('can be stored although its series is gone only by download', async () => {
    const { ctx, session, store } = viewer([{ status: 500 }]);
    await send(ctx, session, object('SEG', '1.2'));
    ctx.sessions.clear();
    await retry(ctx, store.getState().notStored[0]!);
    expect(store.getState().error).toContain('download the object');
    expect(store.getState().notStored).toHaveLength(1);
  });
});
