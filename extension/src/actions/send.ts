import { InputError } from '@vessels/volume/errors';
import type { Session, VesselsContext } from '../context';
import { loadSeries, storeInstance } from '../host/store';
import { savedAs } from '../state/store';
import type {
  NotStored,
  SavedSeg,
  StorableObject,
  StoredState,
  VesselResult,
  VesselsState,
} from '../state/types';
import { seriesLabel } from '../viewer/series';

/** After these the server does not hold the object, or may not. */
const FAILED: readonly string[] = Object.freeze([
  'store.refused',
  'store.timeout',
  'store.unreachable',
]);

const NOT_LISTED =
  'The server took the object but does not list it yet; reload the study to look for it.';

/**
 * Send an object to the server. One that it does not take stays in the panel as not stored, with the server's reason;
 * one that it takes is the predecessor of the next one.
 *
 * @param object with the id of a {@link NotStored} it takes the place of that one
 * @returns whether it is stored
 * @throws InputError `store.none`
 */
export async function send(
  ctx: VesselsContext,
  session: Session,
  object: StorableObject & Partial<Pick<NotStored, 'id'>>,
): Promise<boolean> {
  const { store, extensionManager, configuration } = ctx;
  const source = extensionManager.getActiveDataSourceOrNull();
  if (!source)
    throw new InputError('store.none', 'No data source is active; download the object instead.');
  try {
    await storeInstance(source, object.bytes, configuration.storeTimeout);
  } catch (error) {
    if (!(error instanceof InputError && FAILED.includes(error.code))) throw error;
    keep(ctx, object, error.message);
    return false;
  }
  const { sopClassUID, sopInstanceUID, seriesInstanceUID, what, result, id } = object;
  const reference = { sopClassUID, sopInstanceUID, seriesInstanceUID };
  ctx.stored.set(session.uid, { ...ctx.stored.get(session.uid), [what]: reference });
  drop(ctx, id);
  const listed = await showStored(ctx, session, seriesInstanceUID);
  if (!listed) store.setState({ error: NOT_LISTED });
  const label = listed ?? configuration.seriesDescription;
  store.setState((state) => ({
    saved:
      what === 'SEG'
        ? [...state.saved, { of: storedState(result), label, seg: reference }]
        : withReport(state, result, label),
  }));
  return true;
}

const storedState = ({
  seriesUID,
  mask,
  modelMask,
  threshold,
  model,
}: StoredState): StoredState => ({ seriesUID, mask, modelMask, threshold, model });

/** The report is of the SEG of its own result, which need not be the one on screen. */
function withReport(state: VesselsState, result: VesselResult, report: string): SavedSeg[] {
  const seg = savedAs(state, result);
  return state.saved.map((one) => (one === seg ? { ...one, report } : one));
}

/** Take an object out of those that the server did not take. */
export const drop = ({ store }: VesselsContext, id: number | undefined): void =>
  store.setState(({ notStored }) => ({ notStored: notStored.filter((item) => item.id !== id) }));

/** Keep an object that the server did not take, in the place that it has among these. */
function keep(
  { store }: VesselsContext,
  object: StorableObject & Partial<Pick<NotStored, 'id'>>,
  reason: string,
): void {
  store.setState(({ notStored }) => {
    const id = object.id ?? Math.max(0, ...notStored.map((item) => item.id)) + 1;
    const item = { ...object, id, reason };
    return {
      notStored: notStored.some((one) => one.id === id)
        ? notStored.map((one) => (one.id === id ? item : one))
        : [...notStored, item],
    };
  });
}

/**
 * Ask the server for the new series, as OHIF does when a study is opened: it then stands in the study browser.
 *
 * @returns its label there; undefined when the server does not list it
 */
async function showStored(
  { services, extensionManager }: VesselsContext,
  { series }: Session,
  seriesInstanceUID: string,
): Promise<string | undefined> {
  const source = extensionManager.getActiveDataSourceOrNull();
  if (source) await loadSeries(source, series.displaySet.StudyInstanceUID, seriesInstanceUID);
  const found = services.displaySetService.activeDisplaySets.find(
    ({ SeriesInstanceUID }) => SeriesInstanceUID === seriesInstanceUID,
  );
  return found && seriesLabel(found);
}
