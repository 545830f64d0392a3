import type { CommandsManager, ExtensionManager, Services } from '@ohif/core';
import type { InstanceReference } from '@vessels/dicom/types';
import type { LabelmapTarget } from '@vessels/tools/labelmap';
import type { PipelineClient } from '@vessels/workers/client';
import type { Configuration } from './host/configuration';
import type { VesselsStore } from './state/store';
import type { StorableObject } from './state/types';
import type { CheckedSeries } from './viewer/series';

/** What we hold of one series beside the state that the panel shows. */
export interface Session {
  /** OHIF's displaySetInstanceUID. */
  readonly uid: string;
  readonly series: CheckedSeries;
  readonly target: LabelmapTarget;
}

/** What every action works on. */
export interface VesselsContext {
  readonly services: Services;
  readonly extensionManager: ExtensionManager;
  readonly commandsManager: CommandsManager;
  readonly configuration: Configuration;
  readonly store: VesselsStore;
  readonly client: PipelineClient;
  /** By series uid. */
  readonly sessions: Map<string, Session>;
  /** Uids of the series that the user has agreed to put onto a regular grid. */
  readonly mayResample: Set<string>;
  /** The chosen reference, on the regular grid of its series. */
  reference?: { readonly uid: string; readonly seriesUID: string; readonly mask: Uint8Array };
  /** The mask from before the threshold slider began to move; what the viewer shows since is a preview. */
  preview?: { readonly seriesUID: string; readonly mask: Uint8Array };
  /** What was stored last of each series, by series uid: predecessors of what is stored next. */
  readonly stored: Map<
    string,
    Readonly<Partial<Record<StorableObject['what'], InstanceReference>>>
  >;
  /** Stops the run in progress. */
  abort?: AbortController;
  /** Changes of the vessels wait here for each other. */
  queue: Promise<void>;
  /** True while we change our segmentation: the viewer's events of it are our own. */
  writing: boolean;
  /** Changes with every change of a mask; an analysis begun before is void. */
  revision: number;
  /** Ends with the mode; steps on the undo history outlive it. */
  readonly alive: AbortSignal;
}
