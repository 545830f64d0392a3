import { useTranslation } from 'react-i18next';
import { currentKept } from '../state/store';
import { usePanel, useVessels } from './context';
import { Button } from './ui';

/** Vessels that were not saved when the mode was left: have them back, or let go of them. */
export function Unsaved() {
  const { t } = useTranslation();
  const { actions } = usePanel();
  const kept = useVessels((state) => currentKept(state) !== undefined);
  const idle = useVessels((state) => state.activity.kind === 'idle');
  return (
    <div role="status" aria-live="polite" className="px-2">
      {kept && (
        <div
          className="border-input mb-2 flex flex-wrap items-center gap-2 rounded border px-2 py-2"
          data-cy="vessels-unsaved"
        >
          <p className="min-w-0 flex-1">{t('unsaved.told')}</p>
          <Button
            disabled={!idle}
            data-cy="vessels-restore"
            onClick={() => void actions.restoreKept()}
          >
            {t('unsaved.restore')}
          </Button>
          <Button disabled={!idle} data-cy="vessels-discard" onClick={actions.discardKept}>
            {t('unsaved.discard')}
          </Button>
        </div>
      )}
    </div>
  );
}
