import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useShallow } from 'zustand/react/shallow';
import { currentModel, currentPlan, currentResult, offeredModels } from '../state/store';
import { usePanel, useVessels } from './context';
import { KeptModels } from './KeptModels';
import { ModelCandidate } from './ModelCandidate';
import { PlanView } from './PlanView';
import { ProgressView } from './ProgressView';
import { RegionChoice } from './RegionChoice';
import { Button, Section, SELECT } from './ui';

/** Which series, which model, and the button that starts it all. */
export function ModelSection() {
  const { t } = useTranslation();
  const { actions } = usePanel();
  const series = useVessels((state) => state.series);
  const offered = useVessels(useShallow(offeredModels));
  const model = useVessels(currentModel);
  const result = useVessels(currentResult);
  const kind = useVessels((state) => state.activity.kind);
  const files = useRef<HTMLInputElement>(null);
  const isTooLarge = useVessels((state) => {
    const plan = currentPlan(state);
    return plan !== undefined && 'refusal' in plan;
  });
  const showsNothing = useVessels((state) => state.region === 'none');
  const idle = kind === 'idle';
  return (
    <Section title={t('model.section')}>
      <p className="text-muted-foreground truncate" data-cy="vessels-series">
        {series ? `${t('model.series')}: ${series.label}` : t('model.noSeries')}
      </p>
      {series?.resampled && (
        <p className="text-muted-foreground text-xs" data-cy="vessels-resampled">
          {`${series.resampled} ${t('resample.shown')}`}
        </p>
      )}
      <label className="block">
        <span className="text-muted-foreground">{t('model.choice')}</span>
        <select
          className={SELECT}
          data-cy="vessels-model"
          value={model?.id ?? ''}
          disabled={!idle || offered.length === 0}
          onChange={(event) => actions.chooseModel(event.target.value)}
        >
          {offered.length === 0 && (
            <option value="">{t('model.none', { modality: series?.modality ?? '' })}</option>
          )}
          {offered.map(({ id, manifest }) => (
            <option key={id} value={id}>
              {`${manifest.name} ${manifest.version}`}
            </option>
          ))}
        </select>
      </label>
      {model && (
        <p className="text-muted-foreground break-words text-xs">
          {model.manifest.description} {t('model.licence', { licence: model.manifest.licence })}
        </p>
      )}
      <RegionChoice />
      {idle && <PlanView />}
      <div className="flex flex-wrap items-center gap-2">
        {kind === 'running' ? (
          <Button data-cy="vessels-cancel" onClick={actions.cancel}>
            {t('model.cancel')}
          </Button>
        ) : (
          <Button
            variant="primary"
            data-cy="vessels-run"
            disabled={
              !idle ||
              !model ||
              !series ||
              series.refusal !== undefined ||
              isTooLarge ||
              showsNothing
            }
            onClick={() => void actions.run()}
          >
            {result ? t('model.runAgain') : t('model.run')}
          </Button>
        )}
        <Button
          disabled={!idle}
          title={t('model.openHint')}
          data-cy="vessels-open-model"
          onClick={() => files.current?.click()}
        >
          {t('model.open')}
        </Button>
        <input
          ref={files}
          type="file"
          multiple
          accept=".onnx,.json,.md"
          className="hidden"
          aria-label={t('model.openHint')}
          data-cy="vessels-model-files"
          onChange={({ target }) => {
            void actions.openModel([...(target.files ?? [])]);
            target.value = '';
          }}
        />
      </div>
      <ProgressView />
      <ModelCandidate />
      <KeptModels />
    </Section>
  );
}
