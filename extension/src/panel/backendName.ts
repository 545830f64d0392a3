import type { TFunction } from 'i18next';
import type { Backend } from '@vessels/workers/protocol';

/** What runs the network, for a reader. */
export const backendName = (t: TFunction, { name, threads, device }: Backend): string =>
  name === 'webgpu' ? t('backend.webgpu', { device }) : t('backend.wasm', { count: threads });
