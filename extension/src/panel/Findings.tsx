import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Finding } from '@vessels/metrics/report';
import { usePanel } from './context';
import { Button } from './ui';

/** More would push everything else out of the panel. */
const SHOWN_AT_FIRST = 20;

const SIGNS = Object.freeze({ info: '•', warning: '⚠' });

export interface FindingsProps {
  readonly title: string;
  readonly findings: readonly Finding[];
}

/** Places to look at; choosing one moves the viewports there. */
export function Findings({ title, findings }: FindingsProps) {
  const { t } = useTranslation();
  const { actions } = usePanel();
  const [all, setAll] = useState(false);
  if (findings.length === 0) return null;
  const shown = all ? findings : findings.slice(0, SHOWN_AT_FIRST);
  return (
    <>
      <ul aria-label={title} className="space-y-px">
        {shown.map((finding) => (
          <li key={finding.id}>
            <button
              type="button"
              className="hover:bg-primary/25 focus-visible:ring-ring flex w-full items-center gap-2 rounded px-1 py-0.5 text-left focus-visible:outline-none focus-visible:ring-1"
              data-cy="vessels-finding"
              data-kind={finding.kind}
              onClick={() => actions.jumpToFinding(finding)}
            >
              <span role="img" aria-label={t(`qc.severity.${finding.severity}`)}>
                {SIGNS[finding.severity]}
              </span>
              <span className="flex-1">{t(`qc.finding.${finding.kind}`)}</span>
              <span style={{ fontVariantNumeric: 'tabular-nums' }}>
                {`${finding.value.toFixed(1)} ${finding.unit}`}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {shown.length < findings.length && (
        <Button onClick={() => setAll(true)}>{t('qc.all', { count: findings.length })}</Button>
      )}
    </>
  );
}
