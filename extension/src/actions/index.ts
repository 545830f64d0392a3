import type { CenterlineBranch } from '@vessels/centerline/graph';
import type { Finding } from '@vessels/metrics/report';
import type { VesselsContext } from '../context';
import type { NotStored } from '../state/types';
import type { FileKind } from './files';
import { jumpToBranch, jumpToPosition } from './jump';
import { discardKept, restoreKept } from './keep';
import { chooseModel, declineModel, deleteModel, keepModel, openModel } from './models';
import { chooseReference } from './reference';
import { searchInView } from './region';
import { resampleAndRun } from './resample';
import { cancel, run } from './run';
import { downloadNotStored, downloadAs, retry, save, saveReport, storeAsBinary } from './save';
import { drop } from './send';
import { currentSession } from './session';
import { createThresholdControl } from './threshold';
import { refresh } from './update';

/** Everything that the panel and OHIF's commands can do. */
export interface VesselsActions {
  run(): Promise<void>;
  /** Agree to resample the series, and run. */
  resampleAndRun(): Promise<void>;
  cancel(): void;
  /** Whether runs look at the part in view alone. */
  searchInView(isOn: boolean): void;
  chooseModel(id: string): void;
  openModel(files: readonly File[]): Promise<void>;
  keepModel(): Promise<void>;
  declineModel(): void;
  deleteModel(id: string): Promise<void>;
  previewThreshold(threshold: number): Promise<void>;
  settleThreshold(): Promise<void>;
  update(): Promise<void>;
  chooseReference(uid: string | undefined): Promise<void>;
  jumpToBranch(branch: CenterlineBranch): void;
  jumpToFinding(finding: Finding): void;
  save(): Promise<void>;
  restoreKept(): Promise<void>;
  discardKept(): void;
  saveReport(): Promise<void>;
  downloadAs(kind: FileKind): Promise<void>;
  retry(item: NotStored): Promise<void>;
  storeAsBinary(item: NotStored): Promise<void>;
  downloadNotStored(item: NotStored): void;
  dismissNotStored(item: NotStored): void;
  dismissError(): void;
}

/** The actions on one context. */
export function createActions(ctx: VesselsContext): VesselsActions {
  const threshold = createThresholdControl(ctx);
  return {
    run: () => run(ctx),
    resampleAndRun: () => resampleAndRun(ctx),
    cancel: () => cancel(ctx),
    searchInView: (isOn) => searchInView(ctx, isOn),
    chooseModel: (id) => chooseModel(ctx, id),
    openModel: (files) => openModel(ctx, files),
    keepModel: () => keepModel(ctx),
    declineModel: () => declineModel(ctx),
    deleteModel: (id) => deleteModel(ctx, id),
    previewThreshold: (value) => threshold.preview(value),
    settleThreshold: () => threshold.settle(),
    update: () => refresh(ctx, currentSession(ctx)),
    chooseReference: (uid) => chooseReference(ctx, uid),
    jumpToBranch: (branch) => jumpToBranch(ctx, branch),
    jumpToFinding: ({ position }) => jumpToPosition(ctx, position),
    save: () => save(ctx),
    restoreKept: () => restoreKept(ctx),
    discardKept: () => discardKept(ctx),
    saveReport: () => saveReport(ctx),
    downloadAs: (kind) => downloadAs(ctx, kind),
    retry: (item) => retry(ctx, item),
    storeAsBinary: (item) => storeAsBinary(ctx, item),
    downloadNotStored,
    dismissNotStored: ({ id }) => drop(ctx, id),
    dismissError: () => ctx.store.setState({ error: undefined }),
  };
}
