import { useTranslation } from 'react-i18next';
import { isSaved } from '../state/store';
import { usePanel, useVessels } from './context';
import { Button, Section } from './ui';

/** Store the vessels in the study, or take them away as files. */
export function SaveSection() {
  const { t } = useTranslation();
  const { actions, segmentationKind } = usePanel();
  const saved = useVessels((state) => (isSaved(state) ? state.saved : undefined));
  const canStore = useVessels((state) => state.canStore);
  const idle = useVessels((state) => state.activity.kind === 'idle');
  return (
    <Section title={t('save.section')}>
      <div className="flex flex-wrap gap-2">
        <Button
          variant="primary"
          disabled={!idle || !canStore || saved !== undefined}
          data-cy="vessels-save"
          onClick={() => void actions.save()}
        >
          {t('save.store')}
        </Button>
        <Button
          disabled={!idle}
          data-cy="vessels-download-seg"
          onClick={() => void actions.downloadSeg()}
        >
          {t('save.downloadSeg')}
        </Button>
        <Button disabled={!idle} data-cy="vessels-download-csv" onClick={actions.downloadCsv}>
          {t('save.downloadCsv')}
        </Button>
      </div>
      <p className="text-muted-foreground text-xs">
        {canStore ? t('save.kind', { kind: segmentationKind }) : t('save.cannotStore')}
      </p>
      <p role="status" aria-live="polite">
        {saved && (
          <span data-cy="vessels-saved">
            <span aria-hidden="true">✓</span> {t('save.saved', { label: saved.label })}
          </span>
        )}
      </p>
    </Section>
  );
}
