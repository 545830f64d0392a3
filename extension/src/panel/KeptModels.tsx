import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useShallow } from 'zustand/react/shallow';
import { addedModels } from '../state/store';
import type { AddedModel } from '../state/types';
import { usePanel, useVessels } from './context';
import { megabytes } from './megabytes';
import { Button } from './ui';

/** The models that the browser keeps, how large they are, and a way to be rid of each. */
export function KeptModels() {
  const { t } = useTranslation();
  const models = useVessels(useShallow(addedModels));
  if (models.length === 0) return null;
  return (
    <section aria-label={t('kept.title')} data-cy="vessels-kept">
      <h3 className="text-muted-foreground text-xs">{t('kept.title')}</h3>
      <ul className="space-y-1">
        {models.map((model) => (
          <Entry key={model.id} model={model} />
        ))}
      </ul>
    </section>
  );
}

function Entry({ model: { id, manifest, file } }: { readonly model: AddedModel }) {
  const { t } = useTranslation();
  const { actions } = usePanel();
  const idle = useVessels((state) => state.activity.kind === 'idle');
  const [isAsking, setAsking] = useState(false);
  const name = `${manifest.name} ${manifest.version}`;
  if (isAsking)
    return (
      <li
        role="alertdialog"
        aria-label={t('kept.sure', { name })}
        className="border-primary/25 space-y-2 rounded border px-2 py-2"
        data-cy="vessels-delete-sure"
        onKeyDown={({ key }) => key === 'Escape' && setAsking(false)}
      >
        <p className="break-words">{t('kept.sure', { name })}</p>
        <div className="flex flex-wrap gap-2">
          <Button
            disabled={!idle}
            data-cy="vessels-delete-yes"
            onClick={() => void actions.deleteModel(id)}
          >
            {t('kept.yes')}
          </Button>
          <Button autoFocus data-cy="vessels-delete-no" onClick={() => setAsking(false)}>
            {t('kept.no')}
          </Button>
        </div>
      </li>
    );
  return (
    <li className="flex items-center justify-between gap-2" data-cy="vessels-kept-model">
      <span className="min-w-0 flex-1 truncate" title={name}>
        {name}
      </span>
      <span
        className="text-muted-foreground whitespace-nowrap"
        style={{ fontVariantNumeric: 'tabular-nums' }}
      >
        {t('kept.size', { size: megabytes(file.size) })}
      </span>
      <Button
        disabled={!idle}
        aria-label={t('kept.deleteNamed', { name })}
        data-cy="vessels-delete-model"
        onClick={() => setAsking(true)}
      >
        {t('kept.delete')}
      </Button>
    </li>
  );
}
