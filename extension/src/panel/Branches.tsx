import { useMemo, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { CenterlineGraph } from '@vessels/centerline/graph';
import { centerlines, subscribeCenterlines } from '@vessels/tools';
import { BranchRow } from './BranchRow';
import { nextOrder, sortBranches, type BranchColumn, type BranchOrder } from './sortBranches';
import { Button, Section } from './ui';

/** More rows make the panel slow; the rest comes on demand. */
const SHOWN_AT_FIRST = 200;

const COLUMNS = Object.freeze([
  ['id', 'branches.id'],
  ['length', 'branches.length'],
  ['meanDiameter', 'branches.mean'],
  ['minDiameter', 'branches.min'],
] as const satisfies readonly (readonly [BranchColumn, string])[]);

const ARROWS = Object.freeze({ ascending: ' ↑', descending: ' ↓', none: '' });

const highlightedBranch = () => centerlines().highlighted;

/** Every branch with its length and diameters; choosing one moves the viewports to its narrowest point. */
export function Branches({ graph }: { readonly graph: CenterlineGraph }) {
  const { t } = useTranslation();
  const [order, setOrder] = useState<BranchOrder>({ column: 'length', descending: true });
  const [all, setAll] = useState(false);
  const highlighted = useSyncExternalStore(
    subscribeCenterlines,
    highlightedBranch,
    highlightedBranch,
  );
  const sorted = useMemo(() => sortBranches(graph.branches, order), [graph, order]);
  const shown = all ? sorted : sorted.slice(0, SHOWN_AT_FIRST);
  const sortOf = (column: BranchColumn) =>
    order.column !== column ? 'none' : order.descending ? 'descending' : 'ascending';
  return (
    <Section title={t('branches.section')}>
      {sorted.length === 0 && <p className="text-muted-foreground">{t('branches.none')}</p>}
      <div className="ohif-scrollbar max-h-96 overflow-auto">
        <table
          className="w-full text-right"
          data-cy="vessels-branches"
          style={{ fontVariantNumeric: 'tabular-nums' }}
        >
          <caption className="sr-only">{t('branches.caption')}</caption>
          <thead className="bg-background sticky top-0">
            <tr>
              {COLUMNS.map(([column, label]) => (
                <th key={column} scope="col" aria-sort={sortOf(column)} className="font-normal">
                  <button
                    type="button"
                    className="text-muted-foreground hover:text-foreground focus-visible:ring-ring w-full rounded px-1 text-right text-xs focus-visible:outline-none focus-visible:ring-1"
                    onClick={() => setOrder(nextOrder(order, column))}
                  >
                    {t(label)}
                    <span aria-hidden="true">{ARROWS[sortOf(column)]}</span>
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((branch) => (
              <BranchRow key={branch.id} branch={branch} highlighted={branch.id === highlighted} />
            ))}
          </tbody>
        </table>
      </div>
      {shown.length < sorted.length && (
        <Button onClick={() => setAll(true)}>{t('branches.all', { count: sorted.length })}</Button>
      )}
    </Section>
  );
}
