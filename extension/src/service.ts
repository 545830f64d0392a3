import { eventTarget } from '@cornerstonejs/core';
import { Enums, type Types } from '@cornerstonejs/tools';
import type { Managers, ServiceRegistration, Unsubscribe } from '@ohif/core';
import type { LabelmapTarget } from '@vessels/tools';
import { PipelineClient } from '@vessels/workers/client';
import { createActions, type VesselsActions } from './actions';
import { attachResult } from './actions/draw';
import { loadModels } from './actions/models';
import { refresh } from './actions/update';
import type { VesselsContext } from './context';
import type { Configuration } from './host/configuration';
import { canStore } from './host/store';
import { SERVICE_NAME } from './id';
import {
  createVesselsStore,
  currentResult,
  hasUnsaved,
  resetStore,
  type VesselsStore,
} from './state/store';
import { spareVolumesIn3D } from './viewer/volume3d';
import { activeDisplaySet, describeSeries, referenceChoices } from './viewer/series';

type DataModified = Types.EventTypes.SegmentationDataModifiedEventDetail;

/** Rest after the last stroke of a brush before the numbers follow, ms. */
const EDIT_DELAY = 1000;

/**
 * State and actions of the extension, alive from the first use in a mode until the mode is left. It follows what
 * the viewer shows: the active series, the SEGs of the study, edits of our labelmap, new viewports.
 */
export class VesselsService {
  readonly store: VesselsStore = createVesselsStore();
  #context: VesselsContext | undefined;
  #actions: VesselsActions | undefined;
  #ending: AbortController | undefined;
  #unsubscribe: Unsubscribe[] = [];
  #editTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly managers: Managers,
    readonly configuration: Configuration,
  ) {}

  /** What can be done; the first call in a mode brings the service to life. */
  get actions(): VesselsActions {
    return (this.#actions ??= this.#attach());
  }

  /** The context of the actions, for tools. */
  get context(): VesselsContext | undefined {
    return this.#context;
  }

  /** The labelmap that shows the result of the active series, if there is one. */
  get shownTarget(): LabelmapTarget | undefined {
    const result = currentResult(this.store.getState());
    return result && this.#context?.sessions.get(result.seriesUID)?.target;
  }

  /** OHIF calls this when any mode is left. */
  onModeExit(): void {
    this.#unsubscribe.forEach((unsubscribe) => unsubscribe());
    this.#unsubscribe = [];
    clearTimeout(this.#editTimer);
    this.#ending?.abort();
    this.#context?.abort?.abort();
    void this.#context?.client.release();
    this.#context = undefined;
    this.#actions = undefined;
    resetStore(this.store);
  }

  #attach(): VesselsActions {
    const { servicesManager, extensionManager, commandsManager } = this.managers;
    const { services } = servicesManager;
    this.#ending = new AbortController();
    const ctx: VesselsContext = {
      services,
      extensionManager,
      commandsManager,
      configuration: this.configuration,
      store: this.store,
      client: new PipelineClient(),
      sessions: new Map(),
      queue: Promise.resolve(),
      writing: false,
      revision: 0,
      alive: this.#ending.signal,
    };
    this.#context = ctx;
    this.#follow(ctx);
    void loadModels(ctx);
    return createActions(ctx);
  }

  #follow(ctx: VesselsContext): void {
    const { viewportGridService, displaySetService, cornerstoneViewportService } = ctx.services;
    const followSeries = () => this.#followSeries(ctx);
    const subscriptions = [
      ...Object.values(viewportGridService.EVENTS).map((event) =>
        viewportGridService.subscribe(event, followSeries),
      ),
      ...Object.values(displaySetService.EVENTS).map((event) =>
        displaySetService.subscribe(event, followSeries),
      ),
      cornerstoneViewportService.subscribe(
        cornerstoneViewportService.EVENTS.VIEWPORT_DATA_CHANGED!,
        ({ viewportId }) => this.#followViewport(ctx, String(viewportId)),
      ),
    ];
    this.#unsubscribe.push(...subscriptions.map(({ unsubscribe }) => unsubscribe));

    const { SEGMENTATION_DATA_MODIFIED } = Enums.Events;
    const onEdit = (event: Event) =>
      this.#followEdit(ctx, (event as CustomEvent<DataModified>).detail);
    eventTarget.addEventListener(SEGMENTATION_DATA_MODIFIED, onEdit);
    const onLeave = (event: BeforeUnloadEvent) => {
      if (hasUnsaved(this.store.getState())) event.preventDefault();
    };
    window.addEventListener('beforeunload', onLeave);
    this.#unsubscribe.push(
      () => eventTarget.removeEventListener(SEGMENTATION_DATA_MODIFIED, onEdit),
      () => window.removeEventListener('beforeunload', onLeave),
    );
    followSeries();
    spareVolumesIn3D(ctx.services);
  }

  #followSeries(ctx: VesselsContext): void {
    const displaySet = activeDisplaySet(ctx.services);
    const { series } = this.store.getState();
    const references = displaySet
      ? referenceChoices(
          ctx.services.displaySetService.activeDisplaySets,
          displaySet.StudyInstanceUID,
        )
      : [];
    this.store.setState({
      references,
      canStore: canStore(ctx.extensionManager.getActiveDataSourceOrNull()),
    });
    if (displaySet && displaySet.displaySetInstanceUID !== series?.uid)
      this.store.setState({ series: describeSeries(displaySet) });
  }

  /** A viewport has got other images: it does not show the result yet. */
  #followViewport(ctx: VesselsContext, viewportId: string): void {
    spareVolumesIn3D(ctx.services);
    for (const result of Object.values(this.store.getState().results)) {
      const session = ctx.sessions.get(result.seriesUID);
      if (session) void attachResult(ctx, session, result, viewportId);
    }
  }

  /** The user changed our labelmap with OHIF's own tools, or undid such a change. */
  #followEdit(ctx: VesselsContext, { segmentationId, modifiedSlicesToUse }: DataModified): void {
    const session = [...ctx.sessions.values()].find(
      ({ target }) => target.segmentationId === segmentationId,
    );
    if (ctx.writing || ctx.preview || !session || !this.store.getState().results[session.uid])
      return;
    // mounting a labelmap raises the same event, but names no slices
    if (modifiedSlicesToUse?.length) {
      ctx.revision++;
      this.store.setState({ stale: session.uid });
    }
    clearTimeout(this.#editTimer);
    this.#editTimer = setTimeout(() => void refresh(ctx, session), EDIT_DELAY);
  }
}

/** How OHIF makes the service. */
export const registration = (
  configuration: Configuration,
): ServiceRegistration<VesselsService> => ({
  name: SERVICE_NAME,
  create: (managers) => new VesselsService(managers, configuration),
});
