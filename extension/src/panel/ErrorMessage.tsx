import { useTranslation } from 'react-i18next';
import { usePanel, useVessels } from './context';
import { Button } from './ui';

/** The last thing that went wrong, or why the series cannot be used; one sentence. */
export function ErrorMessage() {
  const { t } = useTranslation();
  const { actions } = usePanel();
  const error = useVessels((state) => state.error);
  const refusal = useVessels((state) => state.series?.refusal);
  const message = error ?? refusal;
  return (
    <div role="alert" className="px-2">
      {message && (
        <div
          className="mb-2 flex items-start gap-2 rounded border px-2 py-2"
          style={{ borderColor: 'hsl(var(--destructive))' }}
        >
          <span aria-hidden="true">⚠</span>
          <p className="min-w-0 flex-1 break-words" data-cy="vessels-error">
            {message}
          </p>
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
