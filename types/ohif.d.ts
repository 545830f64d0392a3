/**
 * The part of OHIF 3.13 that extension and mode use. The published packages carry no types; the shapes were
 * read from @ohif/app 3.13.2. Everything is provided by the host at run time, so only types may be imported.
 */
declare module '@ohif/core' {
  import type { ComponentType } from 'react';
  import type { Types as CoreTypes } from '@cornerstonejs/core';

  export type Unsubscribe = () => void;

  export interface PubSub {
    readonly EVENTS: Readonly<Record<string, string>>;
    subscribe(
      event: string,
      callback: (detail: Readonly<Record<string, unknown>>) => void,
    ): { unsubscribe: Unsubscribe };
  }

  /** A series (or a part of one) that can be shown. */
  export interface DisplaySet {
    readonly displaySetInstanceUID: string;
    readonly StudyInstanceUID: string;
    readonly SeriesInstanceUID: string;
    readonly SOPInstanceUID?: string;
    readonly SeriesDescription?: string;
    readonly SeriesNumber?: number | string;
    readonly Modality: string;
    readonly imageIds?: string[];
    /** Image instances, naturalised; `imageId` and runtime fields are not enumerable. */
    readonly instances?: readonly Readonly<Record<string, unknown>>[];
    readonly instance?: Readonly<Record<string, unknown>>;
    readonly referencedDisplaySetInstanceUID?: string;
    readonly isReconstructable?: boolean;
    readonly isOverlayDisplaySet?: boolean;
    readonly madeInClient?: boolean;
  }

  export interface DisplaySetService extends PubSub {
    readonly activeDisplaySets: readonly DisplaySet[];
    getDisplaySetByUID(uid: string): DisplaySet | undefined;
  }

  export interface GridViewport {
    readonly viewportId: string;
    readonly displaySetInstanceUIDs?: readonly string[];
  }

  export interface ViewportGridService extends PubSub {
    getState(): {
      readonly activeViewportId: string | null;
      readonly viewports: ReadonlyMap<string, GridViewport>;
    };
  }

  export interface CornerstoneViewportService extends PubSub {
    getCornerstoneViewport(viewportId: string): CoreTypes.IViewport | null;
    getViewportInfo(
      viewportId: string,
    ): { readonly viewportOptions?: { readonly orientation?: string } } | undefined;
    destroy(): void;
  }

  export interface SegmentInput {
    readonly segmentIndex: number;
    readonly label: string;
    readonly active: boolean;
    readonly locked?: boolean;
    readonly cachedStats?: Readonly<Record<string, unknown>>;
  }

  export interface SegmentationService extends PubSub {
    getSegmentation(segmentationId: string): unknown;
    addOrUpdateSegmentation(input: {
      readonly segmentationId: string;
      readonly representation: {
        readonly type: string;
        readonly data: { readonly imageIds: string[]; readonly referencedImageIds: string[] };
      };
      readonly config: {
        readonly label: string;
        readonly segments: Readonly<Record<number, SegmentInput>>;
      };
    }): void;
    addSegmentationRepresentation(
      viewportId: string,
      options: { readonly segmentationId: string; readonly type?: string },
    ): Promise<void>;
    getSegmentationRepresentations(
      viewportId: string,
      specifier?: { readonly segmentationId?: string; readonly type?: string },
    ): readonly { readonly segmentationId: string; readonly type: string }[];
    setSegmentColor(
      viewportId: string,
      segmentationId: string,
      segmentIndex: number,
      color: readonly [number, number, number, number],
    ): void;
    remove(segmentationId: string): void;
    destroy(): void;
  }

  export interface ToolGroupService {
    createToolGroupAndAddTools(toolGroupId: string, tools: ToolGroupTools): unknown;
    addToolsToToolGroup(toolGroupId: string, tools: ToolGroupTools): void;
    getToolGroup(toolGroupId?: string): unknown;
    getToolGroupIds(): string[];
    destroy(): void;
  }

  export interface ToolBinding {
    readonly mouseButton?: number;
    readonly modifierKey?: number;
    readonly numTouchPoints?: number;
  }

  export interface ToolEntry {
    readonly toolName: string;
    readonly parentTool?: string;
    readonly bindings?: readonly ToolBinding[];
    readonly configuration?: Readonly<Record<string, unknown>>;
  }

  export interface ToolGroupTools {
    readonly active?: readonly ToolEntry[];
    readonly passive?: readonly ToolEntry[];
    readonly enabled?: readonly ToolEntry[];
    readonly disabled?: readonly ToolEntry[];
  }

  export interface ToolbarButton {
    readonly id: string;
    readonly uiType: string;
    readonly props: Readonly<Record<string, unknown>>;
  }

  export interface ToolbarService extends PubSub {
    register(buttons: readonly ToolbarButton[]): void;
    updateSection(section: string, buttonIds: readonly string[]): void;
    refreshToolbarState(properties: { readonly viewportId?: string | null }): void;
  }

  export interface HangingProtocolService extends PubSub {
    getState(): { readonly protocolId?: string; readonly activeStudyUID?: string };
    /** @param options displaySetSelectorMap: display sets by `study:selector:place` */
    setProtocol(
      protocolId: string,
      options: {
        readonly stageId?: string;
        readonly displaySetSelectorMap?: Readonly<Record<string, readonly string[]>>;
      },
    ): void;
  }

  export interface CustomizationService {
    getCustomization(name: string): unknown;
  }

  export interface UINotificationService {
    show(notification: {
      readonly title: string;
      readonly message: string;
      readonly type?: 'info' | 'success' | 'warning' | 'error';
      readonly duration?: number;
    }): void;
  }

  export interface DataSource {
    readonly store?: { dicom?(dataset: ArrayBuffer, request: XMLHttpRequest): Promise<void> };
    readonly retrieve?: {
      readonly series?: {
        metadata(query: {
          readonly StudyInstanceUID: string;
          readonly filters?: { readonly seriesInstanceUID: readonly string[] };
        }): Promise<unknown>;
      };
    };
    /** Of all frames of all images. */
    getImageIdsForDisplaySet?(displaySet: DisplaySet): string[];
    getConfig?(): { readonly wadoRoot?: string; readonly name?: string } | undefined;
    deleteStudyMetadataPromise?(studyInstanceUID: string): void;
  }

  export interface ExtensionManager {
    getModuleEntry(id: string): { readonly exports?: unknown } | undefined;
    getActiveDataSourceOrNull(): DataSource | null;
  }

  export interface CommandsManager {
    runCommand(name: string, options?: Readonly<Record<string, unknown>>): unknown;
  }

  export interface Services {
    readonly displaySetService: DisplaySetService;
    readonly viewportGridService: ViewportGridService;
    readonly cornerstoneViewportService: CornerstoneViewportService;
    readonly segmentationService: SegmentationService;
    readonly toolGroupService: ToolGroupService;
    readonly toolbarService: ToolbarService;
    readonly customizationService: CustomizationService;
    readonly uiNotificationService: UINotificationService;
    readonly hangingProtocolService: HangingProtocolService;
    readonly userAuthenticationService: {
      getAuthorizationHeader(): Record<string, string> | undefined;
    };
    readonly panelService: { activatePanel(panelId: string, force?: boolean): void };
    readonly syncGroupService: { destroy(): void };
    readonly uiDialogService: { hideAll(): void };
    readonly uiModalService: { hide(): void };
  }

  export interface ServiceRegistration<T> {
    readonly name: string;
    create(managers: {
      readonly servicesManager: ServicesManager;
      readonly commandsManager: CommandsManager;
      readonly extensionManager: ExtensionManager;
      readonly configuration: unknown;
    }): T;
  }

  export interface ServicesManager {
    readonly services: Services;
    registerService<T>(registration: ServiceRegistration<T>, configuration?: unknown): void;
  }

  export interface Managers {
    readonly servicesManager: ServicesManager;
    readonly commandsManager: CommandsManager;
    readonly extensionManager: ExtensionManager;
    readonly configuration?: unknown;
    /** `window.config`. */
    readonly appConfig?: Readonly<Record<string, unknown>>;
  }

  export interface PanelModule {
    readonly name: string;
    readonly iconName: string;
    readonly iconLabel: string;
    readonly label: string;
    readonly component: ComponentType;
  }
}
