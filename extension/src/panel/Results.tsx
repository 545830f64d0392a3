import { useTranslation } from 'react-i18next';
import { currentResult, isEdited } from '../state/store';
import type { VesselResult } from '../state/types';
import { backendName } from './backendName';
import { usePanel, useVessels } from './context';
import { ThresholdSlider } from './ThresholdSlider';
import { Button, Fact, Section } from './ui';

/** What was found, in numbers; before that, what to do. */
export function Results() {
  const { t } = useTranslation();
  const result = useVessels(currentResult);
  const idle = useVessels((state) => state.activity.kind === 'idle');
  return (
    <Section title={t('results.section')}>
      <ThresholdSlider />
      {result ? (
        <Numbers result={result} />
      ) : (
        idle && <p className="text-muted-foreground">{t('results.empty')}</p>
      )}
    </Section>
  );
}

function Numbers({ result }: { readonly result: VesselResult }) {
  const { t } = useTranslation();
  const { actions } = usePanel();
  const stale = useVessels((state) => state.stale === result.seriesUID);
  const idle = useVessels((state) => state.activity.kind === 'idle');
  const { qc, graph } = result.analysis;
  return (
    <div className="space-y-2" data-cy="vessels-results">
      <dl className={`space-y-1 ${stale ? 'opacity-60' : ''}`} aria-busy={stale}>
        <Fact name={t('results.volume')} value={`${qc.volume.toFixed(2)} ml`} cy="vessels-volume" />
        <Fact name={t('results.components')} value={String(qc.betti.b0)} cy="vessels-components" />
        <Fact
          name={t('results.branches')}
          value={String(graph.branches.length)}
          cy="vessels-branch-count"
        />
        <Fact
          name={t('results.length')}
          value={`${graph.totalLength.toFixed(0)} mm`}
          cy="vessels-length"
        />
      </dl>
      {qc.verdict === 'empty' && <p>{t('results.noVessel')}</p>}
      {stale && (
        <div className="flex items-center justify-between gap-2">
          <p className="text-muted-foreground">{t('results.stale')}</p>
          <Button disabled={!idle} data-cy="vessels-update" onClick={() => void actions.update()}>
            {t('results.update')}
          </Button>
        </div>
      )}
      {result.region && (
        <p className="text-muted-foreground" data-cy="vessels-searched">
          {t('region.searched', { size: result.region.dims.join('×') })}
        </p>
      )}
      {isEdited(result) && <p className="text-muted-foreground">{t('results.edited')}</p>}
      <p className="text-muted-foreground text-xs" data-cy="vessels-backend">
        {t('backend.ran', {
          backend: backendName(t, result.backend),
          seconds: result.seconds.toFixed(1),
        })}{' '}
        {result.skipped > 0 &&
          `${t('backend.skipped', { count: result.skipped, all: result.tiles + result.skipped })} `}
        {result.gpuSeconds &&
          `${t('backend.gpuSeconds', {
            network: result.gpuSeconds.network.toFixed(1),
            rest: (result.gpuSeconds.gather + result.gpuSeconds.blend).toFixed(1),
          })} `}
        {result.backend.reason}
      </p>
    </div>
  );
}
