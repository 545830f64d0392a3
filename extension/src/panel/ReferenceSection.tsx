import { useTranslation } from 'react-i18next';
import type { ReferenceComparison } from '@vessels/metrics/report';
import { currentResult } from '../state/store';
import { usePanel, useVessels } from './context';
import { Findings } from './Findings';
import { Fact, Section, SELECT } from './ui';

/** Choice of a stored SEG of the study, and how the vessels compare with it. */
export function ReferenceSection() {
  const { t } = useTranslation();
  const { actions } = usePanel();
  const references = useVessels((state) => state.references);
  const referenceUID = useVessels((state) => state.referenceUID);
  const idle = useVessels((state) => state.activity.kind === 'idle');
  const comparison = useVessels((state) => currentResult(state)?.analysis.qc.reference);
  return (
    <Section title={t('reference.section')}>
      {references.length === 0 ? (
        <p className="text-muted-foreground">{t('reference.noSeg')}</p>
      ) : (
        <label className="block">
          <span className="text-muted-foreground">{t('reference.choice')}</span>
          <select
            className={SELECT}
            data-cy="vessels-reference"
            value={referenceUID ?? ''}
            disabled={!idle}
            onChange={(event) => void actions.chooseReference(event.target.value || undefined)}
          >
            <option value="">{t('reference.none')}</option>
            {references.map(({ uid, label }) => (
              <option key={uid} value={uid}>
                {label}
              </option>
            ))}
          </select>
        </label>
      )}
      {comparison && <Comparison comparison={comparison} />}
    </Section>
  );
}

const SCORES = Object.freeze(['dice', 'clDice', 'tprec', 'tsens', 'skeletonRecall'] as const);

function Comparison({ comparison }: { readonly comparison: ReferenceComparison }) {
  const { t } = useTranslation();
  const { b0, b1, b2 } = comparison.bettiError;
  return (
    <div data-cy="vessels-comparison">
      <dl className="space-y-1">
        {SCORES.map((score) => (
          <Fact
            key={score}
            name={t(`reference.${score}`)}
            value={comparison[score].toFixed(3)}
            cy={`vessels-${score}`}
          />
        ))}
        <Fact
          name={t('reference.betti')}
          value={`${b0} / ${b1} / ${b2}`}
          cy="vessels-betti-error"
        />
      </dl>
      {!comparison.located && <p>⚠ {t('reference.tooMany')}</p>}
      <Findings title={t('reference.findings')} findings={comparison.findings} />
    </div>
  );
}
