import { createElement, StrictMode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import type { i18n } from 'i18next';
import { I18nextProvider } from 'react-i18next';
import type { ComponentType } from 'react';
import type { VesselsService } from '../service';
import { VesselsProvider } from './context';
import { VesselsPanel } from './VesselsPanel';

/**
 * A component for the host's React that holds a root of our own: the two Reacts share nothing but a `<div>`. It has
 * no hooks, because a hook of our React would not work inside the host's.
 */
export function panelComponent(service: VesselsService, texts: i18n): ComponentType {
  const roots = new WeakMap<Element, Root>();
  let mounted: Element | undefined;

  const mount = (element: HTMLDivElement | null) => {
    if (element) {
      mounted = element;
      const root = createRoot(element);
      roots.set(element, root);
      const { store, actions, configuration } = service;
      root.render(
        <StrictMode>
          <I18nextProvider i18n={texts}>
            <VesselsProvider
              value={{ store, actions, segmentationKind: configuration.segmentation }}
            >
              <VesselsPanel />
            </VesselsProvider>
          </I18nextProvider>
        </StrictMode>,
      );
    } else if (mounted) {
      const root = roots.get(mounted);
      mounted = undefined;
      // the host is still rendering; our root may not be unmounted in the midst of it
      queueMicrotask(() => root?.unmount());
    }
  };
  return () => createElement('div', { ref: mount, className: 'h-full overflow-hidden' });
}
