import { useTranslation } from 'react-i18next';
import type { NotStored as Item } from '../state/types';
import { usePanel, useVessels } from './context';
import { Button } from './ui';

/** Objects that the server did not take: why, and what can be done with them. */
export function NotStored() {
  const { t } = useTranslation();
  const items = useVessels((state) => state.notStored);
  return (
    <div role="alert">
      {items.length > 0 && (
        <ul
          aria-label={t('notStored.title')}
          className="ohif-scrollbar space-y-2 overflow-y-auto"
          style={{ maxHeight: '30vh' }}
          tabIndex={0}
        >
          {items.map((item) => (
            <Entry key={item.id} item={item} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Entry({ item }: { readonly item: Item }) {
  const { t } = useTranslation();
  const { actions } = usePanel();
  const idle = useVessels((state) => state.activity.kind === 'idle');
  const isLabelmap = item.kind === 'LABELMAP';
  return (
    <li
      className="space-y-1 rounded border px-2 py-2"
      style={{ borderColor: 'hsl(var(--destructive))' }}
      data-cy="vessels-not-stored"
    >
      <p className="break-words">
        <span aria-hidden="true">⚠</span> {t(`notStored.${item.what}`, { kind: item.kind })}
        {': '}
        {item.reason}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button disabled={!idle} data-cy="vessels-retry" onClick={() => void actions.retry(item)}>
          {t('notStored.retry')}
        </Button>
        {isLabelmap && (
          <Button
            disabled={!idle}
            title={t('notStored.binaryHint')}
            data-cy="vessels-store-binary"
            onClick={() => void actions.storeAsBinary(item)}
          >
            {t('notStored.binary')}
          </Button>
        )}
        <Button
          data-cy="vessels-download-not-stored"
          onClick={() => actions.downloadNotStored(item)}
        >
          {t('notStored.download')}
        </Button>
        <Button disabled={!idle} onClick={() => actions.dismissNotStored(item)}>
          {t('dismiss')}
        </Button>
      </div>
    </li>
  );
}
