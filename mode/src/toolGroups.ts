import type { ExtensionManager, ToolEntry, ToolGroupTools, ToolGroupService } from '@ohif/core';

const TOOLS_MODULE = '@ohif/extension-cornerstone.utilityModule.tools';

/** What OHIF's cornerstone extension tells of its tools. */
interface ToolsModule {
  readonly toolNames: Readonly<Record<string, string>>;
  readonly Enums: {
    readonly MouseBindings: Readonly<
      Record<'Primary' | 'Secondary' | 'Auxiliary' | 'Wheel', number>
    >;
    readonly KeyboardBindings: Readonly<Record<'Shift', number>>;
  };
}

/** Crosshair lines in the colours that OHIF gives the planes. */
const PLANE_COLORS: Readonly<Record<string, string>> = Object.freeze({
  axial: 'rgb(200, 0, 0)',
  sagittal: 'rgb(200, 200, 0)',
  coronal: 'rgb(0, 200, 0)',
});

export interface ToolGroupsContext {
  readonly extensionManager: ExtensionManager;
  readonly toolGroupService: ToolGroupService;
  /** `axial`, `sagittal` or `coronal`, of a viewport. */
  orientationOf(viewportId: string): string | undefined;
}

/** The groups that the hanging protocol names: planes, plain images, 3-D. */
export function createToolGroups({
  extensionManager,
  toolGroupService,
  orientationOf,
}: ToolGroupsContext): void {
  const { toolNames, Enums } = extensionManager.getModuleEntry(TOOLS_MODULE)!
    .exports as ToolsModule;
  const { Primary, Secondary, Auxiliary, Wheel } = Enums.MouseBindings;
  const bound = (tool: string, ...mouseButtons: number[]): ToolEntry => ({
    toolName: toolNames[tool]!,
    bindings: mouseButtons.map((mouseButton) => ({ mouseButton })),
  });
  const named = (tool: string): ToolEntry => ({ toolName: toolNames[tool]! });

  const planes: ToolGroupTools = {
    active: [
      bound('WindowLevel', Primary),
      bound('Pan', Auxiliary),
      { toolName: toolNames.Zoom!, bindings: [{ mouseButton: Secondary }, { numTouchPoints: 2 }] },
      {
        toolName: toolNames.StackScroll!,
        bindings: [{ mouseButton: Wheel }, { numTouchPoints: 3 }],
      },
    ],
    passive: ['Magnify', 'WindowLevelRegion', 'SegmentBidirectional', 'PlanarRotate'].map(named),
    disabled: [named('AdvancedMagnify')],
  };
  toolGroupService.createToolGroupAndAddTools('default', {
    ...planes,
    enabled: [named('ImageOverlayViewer'), named('ReferenceLines')],
  });
  toolGroupService.createToolGroupAndAddTools('mpr', {
    ...planes,
    disabled: [
      named('AdvancedMagnify'),
      named('ReferenceLines'),
      {
        toolName: toolNames.Crosshairs!,
        // a binding of its own, so that choosing another tool does not switch it off
        bindings: [{ mouseButton: Primary, modifierKey: Enums.KeyboardBindings.Shift }],
        configuration: {
          viewportIndicators: false,
          disableOnPassive: true,
          autoPan: { enabled: false, panSize: 10 },
          getReferenceLineColor: (viewportId: string) =>
            PLANE_COLORS[orientationOf(viewportId) ?? ''] ?? 'rgb(0, 200, 200)',
        },
      },
    ],
  });
  toolGroupService.createToolGroupAndAddTools('volume3d', {
    active: [
      bound('TrackballRotateTool', Primary),
      { toolName: toolNames.Zoom!, bindings: [{ mouseButton: Secondary }, { numTouchPoints: 2 }] },
      bound('Pan', Auxiliary),
    ],
  });
}
