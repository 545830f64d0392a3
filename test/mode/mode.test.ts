import { describe, expect, it } from '@jest/globals';
import { VesselCenterlineProbeTool, VesselKeepComponentTool } from '@vessels/tools';
import type { UINotificationService } from '@ohif/core';
import { createCustomizations } from '../../extension/src/customizations';
import { hangingProtocol } from '../../extension/src/hangingProtocol';
import { createI18n } from '../../extension/src/i18n';
import type { VesselsService } from '../../extension/src/service';
import mode from '../../mode/src';
import { TOOL_GROUP_ADDITIONS, TOOLBAR_BUTTONS, TOOLBAR_SECTIONS } from '../../mode/src/toolbar';

const instance = mode.modeFactory();
const customizations: Readonly<Record<string, unknown>> = createCustomizations(
  {} as VesselsService,
  {} as UINotificationService,
  createI18n(),
)[0]!.value;

const references = (value: unknown): string[] =>
  [...JSON.stringify(value).matchAll(/"\$reference":"(vessels\.[^"]+)"/g)].map((m) => m[1]!);

describe('the mode', () => {
  it.each([
    ['MR', true],
    ['SR\\CT', true],
    ['MR\\SEG', true],
    ['XA', false],
    ['SEG', false],
    ['', false],
  ])('is offered for %p: %p', (modalities, valid) => {
    expect(instance.isValidMode({ modalities }).valid).toBe(valid);
  });

  it('finds every pack of ours that it refers to', () => {
    const used = references([TOOLBAR_BUTTONS, TOOLBAR_SECTIONS, TOOL_GROUP_ADDITIONS]);
    expect(used.length).toBeGreaterThan(0);
    for (const name of used) expect(customizations).toHaveProperty([name]);
  });

  it('has our two tools in the main bar, under the names that activate them', () => {
    const { primary } = Object.assign({}, ...TOOLBAR_SECTIONS) as { primary: string[] };
    const buttons = customizations['vessels.toolbarButtons'] as { id: string }[];
    const names = [VesselKeepComponentTool.toolName, VesselCenterlineProbeTool.toolName];
    expect(buttons.map(({ id }) => id)).toEqual(names);
    expect(primary).toEqual(expect.arrayContaining(names));
  });

  it('opens our panel first, and everything that a stored SEG needs', () => {
    const { rightPanels, rightPanelClosed, viewports } = instance.routes[0]!.layoutTemplate().props;
    expect(rightPanels[0]).toBe('ohif-extension-vessels.panelModule.panelVessels');
    expect(rightPanelClosed).toBe(false);
    const shown = viewports.flatMap(({ displaySetsToDisplay }) => displaySetsToDisplay);
    expect(new Set(shown)).toEqual(new Set(instance.sopClassHandlers));
  });

  it('hangs by our protocol, whose viewports use tool groups that the mode fills', () => {
    expect(instance.hangingProtocol).toEqual([hangingProtocol.id]);
    const groups = hangingProtocol.stages.flatMap(({ viewports }) =>
      viewports.map(({ viewportOptions }) => viewportOptions.toolGroupId),
    );
    expect(Object.keys(TOOL_GROUP_ADDITIONS)).toEqual(expect.arrayContaining([...new Set(groups)]));
  });
});
