import { useTranslation } from 'react-i18next';

/** A model's card as it was written. */
export function ModelCard({ text }: { readonly text: string }) {
  const { t } = useTranslation();
  return (
    <pre
      tabIndex={0}
      role="region"
      aria-label={t('model.card')}
      className="ohif-scrollbar text-muted-foreground bg-popover overflow-y-auto whitespace-pre-wrap break-words rounded px-2 py-1 text-xs"
      style={{ maxHeight: 160 }}
      data-cy="vessels-model-card"
    >
      {text}
    </pre>
  );
}
