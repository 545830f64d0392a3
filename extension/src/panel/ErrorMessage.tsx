import { useTranslation } from 'react-i18next';
import { currentModel } from '../state/store';
import { usePanel, useVessels } from './context';
import { Button } from './ui';

/** The last thing that went wrong, or why the series cannot be used; one sentence. */
export function ErrorMessage() {
  const { t } = useTranslation();
  const { actions } = usePanel();
  const error = useVessels((state) => state.error);
  const refusal = useVessels((state) => state.series?.refusal);
  const canResample = useVessels((state) => state.series?.canResample);
  const message = error ?? refusal;
  return (
    <div role="alert" className="px-2">
      {message && (
        <div
          className="mb-2 flex items-start gap-2 rounded border px-2 py-2"
          style={{ borderColor: 'hsl(var(--destructive))' }}
        >
          <span aria-hidden="true">⚠</span>
          <div className="min-w-0 flex-1 space-y-2">
            <p className="break-words" data-cy="vessels-error">
              {message}
            </p>
            {!error && canResample && <Offer />}
          </div>
          {error && (
            <Button className="flex-shrink-0" onClick={actions.dismissError}>
              {t('dismiss')}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

/** What can be done with a series that is no regular grid; the button is the user's agreement. */
function Offer() {
  const { t } = useTranslation();
  const { actions } = usePanel();
  const model = useVessels(currentModel);
  const idle = useVessels((state) => state.activity.kind === 'idle');
  return (
    <>
      <p>{t('resample.explain')}</p>
      <Button
        disabled={!idle || !model}
        data-cy="vessels-resample"
        onClick={() => void actions.resampleAndRun()}
      >
        {t('resample.agree')}
      </Button>
    </>
  );
}
