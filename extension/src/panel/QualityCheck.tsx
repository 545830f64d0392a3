import { useTranslation } from 'react-i18next';
import type { QcReport } from '@vessels/metrics/report';
import { Findings } from './Findings';
import { Fact, Section } from './ui';

/** Word and sign together: colour alone would not reach everyone. */
const SIGNS = Object.freeze({ pass: '✓', review: '⚠', empty: '○' });

/** Topology of the mask alone: verdict, Betti numbers, what to look at. */
export function QualityCheck({ qc }: { readonly qc: QcReport }) {
  const { t } = useTranslation();
  return (
    <Section title={t('qc.section')} cy="vessels-qc">
      <p data-cy="vessels-verdict" data-verdict={qc.verdict}>
        <span aria-hidden="true">{SIGNS[qc.verdict]}</span>{' '}
        {qc.verdict === 'review'
          ? t('qc.verdict.review', { count: qc.findings.length })
          : t(`qc.verdict.${qc.verdict}`)}
      </p>
      <dl className="space-y-1">
        <Fact name={t('qc.b0')} value={String(qc.betti.b0)} cy="vessels-b0" />
        <Fact name={t('qc.b1')} value={String(qc.betti.b1)} cy="vessels-b1" />
        <Fact name={t('qc.b2')} value={String(qc.betti.b2)} cy="vessels-b2" />
      </dl>
      <p className="text-muted-foreground text-xs">{t('qc.convention')}</p>
      <Findings title={t('qc.findings')} findings={qc.findings} />
    </Section>
  );
}
