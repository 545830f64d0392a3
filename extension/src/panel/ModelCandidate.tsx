import { useTranslation } from 'react-i18next';
import { usePanel, useVessels } from './context';
import { megabytes } from './megabytes';
import { ModelCard } from './ModelCard';
import { Button, Fact } from './ui';

/** A model that was picked: what it is and under which licence, before it is kept and used. */
export function ModelCandidate() {
  const { t } = useTranslation();
  const { actions } = usePanel();
  const candidate = useVessels((state) => state.candidate);
  const idle = useVessels((state) => state.activity.kind === 'idle');
  if (!candidate) return null;
  const { manifest, file, card } = candidate;
  const channels = manifest.prediction?.channels ?? [];
  const named = (isVessel: boolean) =>
    channels
      .filter(({ vessel }) => vessel === isVessel)
      .map(({ name }) => name)
      .join(', ');
  return (
    <section
      aria-label={t('candidate.title')}
      className="border-primary/25 space-y-2 rounded border px-2 py-2"
      data-cy="vessels-candidate"
    >
      <h3 className="text-foreground break-words">
        {t('candidate.title')} {manifest.name} {manifest.version}
      </h3>
      <p className="text-muted-foreground break-words text-xs">{manifest.description}</p>
      <dl className="space-y-1">
        <Fact
          name={t('candidate.licence')}
          value={manifest.licence}
          cy="vessels-candidate-licence"
        />
        <Fact name={t('candidate.made')} value={manifest.modalities.join(', ')} />
        <Fact name={t('candidate.size')} value={t('kept.size', { size: megabytes(file.size) })} />
        {channels.length > 0 && <Fact name={t('candidate.vessel')} value={named(true)} />}
        {named(false) && <Fact name={t('candidate.other')} value={named(false)} />}
      </dl>
      {channels.filter(({ vessel }) => vessel).length > 1 && (
        <p className="text-muted-foreground text-xs">{t('candidate.together')}</p>
      )}
      {card === undefined ? (
        <p className="text-muted-foreground text-xs">{t('candidate.noCard')}</p>
      ) : (
        <ModelCard text={card} />
      )}
      <div className="flex flex-wrap gap-2">
        <Button
          variant="primary"
          disabled={!idle}
          data-cy="vessels-keep-model"
          onClick={() => void actions.keepModel()}
        >
          {t('candidate.keep')}
        </Button>
        <Button data-cy="vessels-decline-model" onClick={actions.declineModel}>
          {t('candidate.decline')}
        </Button>
      </div>
    </section>
  );
}
