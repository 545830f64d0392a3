import { useTranslation } from 'react-i18next';
import type { RunPlan } from '@vessels/workers/protocol';
import { currentPlan } from '../state/store';
import { backendName } from './backendName';
import { useVessels } from './context';

const MEGABYTE = 2 ** 20;

/** What a run is going to take, or why it cannot be; nothing as long as that is not known. */
export function PlanView() {
  const { t } = useTranslation();
  const plan = useVessels(currentPlan);
  return (
    <p aria-live="polite" className="text-muted-foreground text-xs" data-cy="vessels-plan">
      {plan && ('refusal' in plan ? `⚠ ${plan.refusal}` : told(plan))}
    </p>
  );

  function told({ tiles, patch, seconds, bytes, backend }: RunPlan): string {
    return t('plan.told', {
      count: tiles,
      patch: patch.join('×'),
      duration: durationOf(seconds),
      memory: Math.round(bytes / MEGABYTE).toLocaleString('en'),
      backend: backendName(t, backend),
    });
  }

  function durationOf(seconds: number): string {
    return seconds < 90
      ? t('plan.seconds', { count: Math.max(1, Math.ceil(seconds)) })
      : t('plan.minutes', { count: Math.ceil(seconds / 60) });
  }
}
