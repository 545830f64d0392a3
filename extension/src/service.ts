import type { Managers, ServiceRegistration, Unsubscribe } from '@ohif/core';
import { removeSurface, setCenterlines, type LabelmapTarget } from '@vessels/tools';
import { PipelineClient } from '@vessels/workers/client';
import { createActions, type VesselsActions } from './actions';
import { keepUnsaved } from './actions/keep';
import { loadModels } from './actions/models';
import type { VesselsContext } from './context';
import { follow } from './follow';
import type { Configuration } from './host/configuration';
import { SERVICE_NAME } from './id';
import {
  createVesselsStore,
  currentResult,
  hasUnsaved,
  resetStore,
  type VesselsStore,
} from './state/store';

/** What lives from the first use in a mode until the mode is left. */
interface Life {
  readonly context: VesselsContext;
  readonly actions: VesselsActions;
  readonly ending: AbortController;
  /** Whether what is not saved has been kept. */
  isKept: boolean;
  readonly unfollow: Unsubscribe;
}

/** State and actions of the extension. */
export class VesselsService {
  readonly store: VesselsStore = createVesselsStore();
  #life: Life | undefined;

  constructor(
    private readonly managers: Managers,
    readonly configuration: Configuration,
  ) {
    // unsaved vessels outlive the mode, so the page asks in the study list too
    window.addEventListener('beforeunload', (event) => {
      if (hasUnsaved(this.store.getState())) event.preventDefault();
    });
  }

  /** What can be done; the first call in a mode brings the service to life. */
  get actions(): VesselsActions {
    return (this.#life ??= this.#begin()).actions;
  }

  /** The context of the actions, for tools. */
  get context(): VesselsContext | undefined {
    return this.#life?.context;
  }

  /** The labelmap that shows the result of the active series, if there is one. */
  get shownTarget(): LabelmapTarget | undefined {
    const result = currentResult(this.store.getState());
    return result && this.context?.sessions.get(result.seriesUID)?.target;
  }

  /**
   * Keep what is not saved for the next time. A mode calls it before it takes the segmentations away; the service does
   * it by itself as well, which may be too late in other modes than ours.
   */
  keepUnsaved(): void {
    if (!this.#life || this.#life.isKept) return;
    this.#life.isKept = true;
    keepUnsaved(this.#life.context);
  }

  /** OHIF calls this when any mode is left. */
  onModeExit(): void {
    if (!this.#life) return;
    this.keepUnsaved();
    const { unfollow, ending, context } = this.#life;
    this.#life = undefined;
    unfollow();
    ending.abort();
    end(context);
    resetStore(this.store);
  }

  #begin(): Life {
    const { servicesManager, extensionManager, commandsManager } = this.managers;
    const ending = new AbortController();
    const context: VesselsContext = {
      services: servicesManager.services,
      extensionManager,
      commandsManager,
      configuration: this.configuration,
      store: this.store,
      client: new PipelineClient(),
      sessions: new Map(),
      mayResample: new Set(),
      stored: new Map(),
      queue: Promise.resolve(),
      writing: false,
      revision: 0,
      alive: ending.signal,
    };
    void loadModels(context);
    const actions = createActions(context);
    return { context, actions, ending, unfollow: follow(context), isKept: false };
  }
}

/** Stop what runs and free what the viewer does not free itself when a mode is left. */
function end({ abort, client, sessions }: VesselsContext): void {
  abort?.abort();
  void client.release();
  for (const { series, target } of sessions.values()) {
    setCenterlines(series.geometry.frameOfReferenceUID ?? '', undefined);
    removeSurface(target.segmentationId);
  }
}

/** How OHIF makes the service. */
export const registration = (
  configuration: Configuration,
): ServiceRegistration<VesselsService> => ({
  name: SERVICE_NAME,
  create: (managers) => new VesselsService(managers, configuration),
});
