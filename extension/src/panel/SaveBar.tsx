import { useTranslation } from 'react-i18next';
import { currentSaved } from '../state/store';
import { usePanel, useVessels } from './context';
import { NotStored } from './NotStored';
import { Button } from './ui';

/** Files that the result can be taken away as, and their short names. */
const DOWNLOADS = Object.freeze([
  ['seg', 'SEG'],
  ['csv', 'CSV'],
  ['nifti', 'NIfTI'],
  ['stl', 'STL'],
  ['vtp', 'VTP'],
] as const);

/** Always in sight below the results: store the vessels in the study, or take them away as files. */
export function SaveBar() {
  const { t } = useTranslation();
  const { actions, segmentationKind } = usePanel();
  const saved = useVessels(currentSaved);
  const canStore = useVessels((state) => state.canStore);
  const idle = useVessels((state) => state.activity.kind === 'idle');
  return (
    <section
      aria-label={t('save.section')}
      className="border-input flex-shrink-0 space-y-1 border-t px-2 py-2"
    >
      <div className="flex flex-wrap gap-2">
        <Button
          variant="primary"
          className="flex-1"
          title={t('save.kind', { kind: segmentationKind })}
          disabled={!idle || !canStore || saved !== undefined}
          data-cy="vessels-save"
          onClick={() => void actions.save()}
        >
          {t('save.store')}
        </Button>
        <Button
          className="flex-1"
          title={t('save.reportHint')}
          disabled={!idle || !canStore || saved?.report !== undefined}
          data-cy="vessels-save-report"
          onClick={() => void actions.saveReport()}
        >
          {t('save.report')}
        </Button>
        {DOWNLOADS.map(([kind, label]) => (
          <Button
            key={kind}
            title={t(`save.download.${kind}`)}
            aria-label={t(`save.download.${kind}`)}
            disabled={!idle}
            data-cy={`vessels-download-${kind}`}
            onClick={() => void actions.downloadAs(kind)}
          >
            {`↓ ${label}`}
          </Button>
        ))}
      </div>
      <NotStored />
      {!canStore && <p className="text-muted-foreground text-xs">{t('save.cannotStore')}</p>}
      <div role="status" aria-live="polite">
        {saved && <Saved label={saved.label} cy="vessels-saved" />}
        {saved?.report && <Saved label={saved.report} cy="vessels-report-saved" />}
      </div>
    </section>
  );
}

/** Where an object is now. */
function Saved({ label, cy }: { readonly label: string; readonly cy: string }) {
  const { t } = useTranslation();
  return (
    <p data-cy={cy}>
      <span aria-hidden="true">✓</span> {t('save.saved', { label })}
    </p>
  );
}
