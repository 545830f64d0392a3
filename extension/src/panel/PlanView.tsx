import { useTranslation } from 'react-i18next';
import type { RunPlan } from '@vessels/workers/protocol';
import { currentPlan } from '../state/store';
import { backendName } from './backendName';
import { useVessels } from './context';

const megabytes = (bytes: number): string =>
  Math.max(1, Math.round(bytes / 2 ** 20)).toLocaleString('en');

/** What a run is going to take, or why it cannot be; nothing as long as that is not known. */
export function PlanView() {
  const { t } = useTranslation();
  const plan = useVessels(currentPlan);
  return (
    <p aria-live="polite" className="text-muted-foreground text-xs" data-cy="vessels-plan">
      {plan && ('refusal' in plan ? `⚠ ${plan.refusal}` : told(plan))}
    </p>
  );

  function told({ tiles, patch, seconds, bytes, gpuBytes, backend }: RunPlan): string {
    return t('plan.told', {
      count: tiles,
      patch: patch.join('×'),
      duration: durationOf(seconds),
      memory: t(gpuBytes === undefined ? 'plan.memory' : 'plan.memoryAndGpu', {
        memory: megabytes(bytes),
        gpu: megabytes(gpuBytes ?? 0),
      }),
      backend: backendName(t, backend),
    });
  }

  function durationOf(seconds: number): string {
    return seconds < 90
      ? t('plan.seconds', { count: Math.max(1, Math.ceil(seconds)) })
      : t('plan.minutes', { count: Math.ceil(seconds / 60) });
  }
}
