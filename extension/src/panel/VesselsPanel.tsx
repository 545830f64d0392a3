import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { currentResult } from '../state/store';
import { Branches } from './Branches';
import { useVessels } from './context';
import { ErrorMessage } from './ErrorMessage';
import { ModelSection } from './ModelSection';
import { QualityCheck } from './QualityCheck';
import { ReferenceSection } from './ReferenceSection';
import { Results } from './Results';
import { SaveBar } from './SaveBar';
import { Unsaved } from './Unsaved';

/** Keys that press a focused button. */
const ACTIVATION: readonly string[] = Object.freeze(['Enter', ' ']);

/** OHIF's hotkeys listen on the document and would take these keys from our buttons. */
function keepActivation(event: KeyboardEvent): void {
  if (ACTIVATION.includes(event.key)) event.stopPropagation();
}

/** The right panel: from the choice of a model to the stored SEG. */
export function VesselsPanel() {
  const { t } = useTranslation();
  const result = useVessels(currentResult);
  return (
    <div
      className="text-foreground bg-background flex h-full flex-col text-sm"
      data-cy="vessels-panel"
      lang="en"
      onKeyDown={keepActivation}
    >
      <div className="ohif-scrollbar min-w-0 flex-1 overflow-y-auto">
        <ModelSection />
        <ErrorMessage />
        <Unsaved />
        <Results />
        {result && (
          <>
            <QualityCheck qc={result.analysis.qc} />
            <Branches graph={result.analysis.graph} />
            <ReferenceSection />
          </>
        )}
      </div>
      {result && <SaveBar />}
      <p
        className="border-input text-muted-foreground border-t px-2 py-1 text-center text-sm"
        data-cy="vessels-disclaimer"
      >
        {t('disclaimer')}
      </p>
    </div>
  );
}
