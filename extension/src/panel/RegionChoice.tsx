import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { usePanel, useVessels } from './context';

/** Whether the next run looks at the part in view alone, and how large that is. */
export function RegionChoice() {
  const { t } = useTranslation();
  const { actions } = usePanel();
  const id = useId();
  const region = useVessels((state) => state.region);
  const idle = useVessels((state) => state.activity.kind === 'idle');
  const usable = useVessels(({ series }) => series !== undefined && series.refusal === undefined);
  return (
    <div>
      <label htmlFor={id} className="flex items-center gap-2">
        <input
          id={id}
          type="checkbox"
          className="cursor-pointer"
          checked={region !== undefined}
          disabled={!idle || !usable}
          data-cy="vessels-in-view"
          onChange={({ target }) => actions.searchInView(target.checked)}
        />
        {t('region.choice')}
      </label>
      <p aria-live="polite" className="text-muted-foreground text-xs" data-cy="vessels-region">
        {region === 'none' && `⚠ ${t('region.none')}`}
        {typeof region === 'object' && t('region.size', { size: region.dims.join('×') })}
      </p>
    </div>
  );
}
