import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Progress } from '@vessels/workers/protocol';
import type { Activity } from '../state/types';
import { useVessels } from './context';

/** What is going on, how far it is, and how long it will take. */
export function ProgressView() {
  const { t } = useTranslation();
  const activity = useVessels((state) => state.activity);
  const progress = 'progress' in activity ? activity.progress : undefined;
  const percent = 100 * (progress?.fraction ?? 0);
  return (
    <div>
      <p
        role="status"
        aria-live="polite"
        className="text-muted-foreground"
        data-cy="vessels-status"
      >
        {headline(t, activity)}
      </p>
      {activity.kind === 'running' && (
        <>
          <div
            role="progressbar"
            aria-label={t('progress.label')}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={Math.round(percent)}
            className="bg-primary/30 mt-1 h-1 w-full overflow-hidden rounded-full"
            data-cy="vessels-progress"
          >
            <div className="bg-primary h-1" style={{ width: `${percent.toFixed(1)}%` }} />
          </div>
          <p className="text-muted-foreground mt-1 flex justify-between text-xs">
            <span>{t('progress.percent', { percent: Math.round(percent) })}</span>
            <span>{remaining(t, progress)}</span>
          </p>
        </>
      )}
    </div>
  );
}

function headline(t: TFunction, activity: Activity): string {
  switch (activity.kind) {
    case 'running':
      return t(`stage.${activity.progress.stage}`);
    case 'checking':
      return t('progress.checking');
    case 'updating':
      return t('progress.updating');
    case 'saving':
      return t('progress.saving');
    case 'idle':
      return '';
  }
}

function remaining(t: TFunction, progress: Progress | undefined): string {
  if (progress?.remaining === undefined) return '';
  const seconds = Math.max(1, Math.round(progress.remaining));
  return seconds < 90
    ? t('progress.seconds', { count: seconds })
    : t('progress.minutes', { count: Math.round(seconds / 60) });
}
