import { useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { currentResult, thresholdOf } from '../state/store';
import { usePanel, useVessels } from './context';

/** Rest after the last key press before the threshold counts as chosen, ms. */
const SETTLE_DELAY = 400;

/** The probability from which a voxel is vessel; live once a model has run. */
export function ThresholdSlider() {
  const { t } = useTranslation();
  const { actions } = usePanel();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const threshold = useVessels(thresholdOf);
  const enabled = useVessels(({ activity: { kind } }) => kind === 'idle' || kind === 'updating');
  const live = useVessels(
    (state) => currentResult(state) !== undefined && state.probabilityOf === state.series?.uid,
  );

  // React's onChange is the input event; the native change event tells the end of a drag
  useEffect(() => {
    const element = input.current;
    let timer: ReturnType<typeof setTimeout>;
    const settle = () => {
      clearTimeout(timer);
      timer = setTimeout(() => void actions.settleThreshold(), SETTLE_DELAY);
    };
    element?.addEventListener('change', settle);
    return () => element?.removeEventListener('change', settle);
  }, [actions]);

  return (
    <div>
      <div className="flex justify-between">
        <label htmlFor={id} className="text-muted-foreground">
          {t('results.threshold')}
        </label>
        <output htmlFor={id} style={{ fontVariantNumeric: 'tabular-nums' }}>
          {threshold.toFixed(2)}
        </output>
      </div>
      <input
        ref={input}
        id={id}
        type="range"
        min={0.02}
        max={0.98}
        step={0.02}
        value={threshold}
        disabled={!enabled}
        className="w-full cursor-pointer"
        data-cy="vessels-threshold"
        onKeyDown={({ nativeEvent }) => passHotkey(nativeEvent)}
        onChange={(event) => void actions.previewThreshold(event.target.valueAsNumber)}
      />
      {!live && <p className="text-muted-foreground text-xs">{t('results.thresholdNext')}</p>}
    </div>
  );
}

/** OHIF's hotkeys leave inputs alone, for their text's sake; a slider has none, and Ctrl+Z is for the vessels. */
function passHotkey({ key, code, keyCode, ctrlKey, metaKey, shiftKey }: KeyboardEvent): void {
  if (!ctrlKey && !metaKey) return;
  const legacy = { keyCode, which: keyCode };
  const keys = { key, code, ctrlKey, metaKey, shiftKey, ...legacy };
  document.dispatchEvent(new KeyboardEvent('keydown', keys));
}
