import { memo, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { CenterlineBranch } from '@vessels/centerline/graph';
import { usePanel } from './context';

export interface BranchRowProps {
  readonly branch: CenterlineBranch;
  /** Chosen here or by the probe in a viewport. */
  readonly highlighted: boolean;
}

/** One branch: a click or Enter goes to its narrowest point. */
export const BranchRow = memo(function BranchRow({ branch, highlighted }: BranchRowProps) {
  const { t } = useTranslation();
  const { actions } = usePanel();
  const row = useRef<HTMLTableRowElement>(null);
  const [length, mean, min] = [branch.length, branch.meanDiameter, branch.minDiameter].map((n) =>
    n.toFixed(1),
  );
  useEffect(() => {
    if (highlighted) row.current?.scrollIntoView({ block: 'nearest' });
  }, [highlighted]);
  return (
    <tr
      ref={row}
      tabIndex={0}
      aria-current={highlighted}
      aria-label={t('branches.go', { id: branch.id, length, min })}
      className={`hover:bg-primary/25 focus-visible:ring-ring cursor-pointer focus-visible:outline-none focus-visible:ring-1 ${highlighted ? 'bg-primary/40' : ''}`}
      data-cy="vessels-branch"
      data-branch={branch.id}
      onClick={() => actions.jumpToBranch(branch)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        actions.jumpToBranch(branch);
      }}
    >
      <td className="px-1">{branch.id}</td>
      <td className="px-1">{length}</td>
      <td className="px-1">{mean}</td>
      <td className="px-1">{min}</td>
    </tr>
  );
});
