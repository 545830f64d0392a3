import type { Column } from '../table';
import type { Look, Row } from './results';

/** A number that a net should reach on a set. */
interface Goal {
  readonly model: string;
  readonly set: string;
  readonly key: keyof Row | keyof Look;
  readonly name: string;
  readonly least?: number;
  readonly most?: number;
}

const components = { key: 'components', name: 'components', most: 5 } as const;

const GOALS: readonly Goal[] = Object.freeze([
  { model: 'vessels-mra', set: 'synthetic, held out', key: 'clDice', name: 'clDice', least: 0.8 },
  { model: 'vessels-mra', set: 'aorta MRA', key: 'wholeTsens', name: 'whole tsens', least: 0.98 },
  { model: 'vessels-mra', set: 'aorta MRA', key: 'dice', name: 'Dice', least: 0.88 },
  { model: 'vessels-mra', set: 'aorta MRA', key: 'clDice', name: 'clDice', least: 0.95 },
  { model: 'vessels-mra', set: 'aorta MRA', ...components },
  { model: 'vessels-mra', set: 'Circle of Willis TOF', ...components },
  { model: 'vessels-cta', set: 'aorta CTA', key: 'tsens', name: 'tsens', least: 0.95 },
  { model: 'vessels-cta', set: 'aorta CTA', key: 'dice', name: 'Dice', least: 0.85 },
  { model: 'vessels-cta', set: 'Circle of Willis CTA', ...components },
  {
    model: 'vessels-cta',
    set: 'Circle of Willis CTA',
    key: 'secondMl',
    name: 'ml of the second largest component',
    most: 0.5,
  },
]);

/** A goal and what was reached. */
export interface Reached {
  readonly model: string;
  readonly set: string;
  readonly goal: string;
  readonly reached: string;
  readonly met: boolean;
}

/** The goals whose models and sets were run; that a net beats the best baseline is one for each set with a truth. */
export function goalsOf(results: readonly (Row | Look)[]): Reached[] {
  const of = (model: string, set: string) =>
    results.filter((one) => one.model === model && one.set === set);
  const fixed = GOALS.flatMap(({ model, set, key, name, least, most }) =>
    of(model, set)
      .filter((one) => !('method' in one) || one.method === 'net')
      .map((one) => {
        const value = one[key as keyof typeof one] as unknown as number;
        return {
          model,
          set,
          goal: `${name} ${least === undefined ? `≤ ${most}` : `≥ ${least}`}`,
          reached: value.toPrecision(3),
          met: least === undefined ? value <= most! : value >= least,
        };
      }),
  );
  const nets = results.filter((one): one is Row => 'method' in one && one.method === 'net');
  const beaten = nets.flatMap((net) => {
    const others = of(net.model, net.set).filter(
      (one): one is Row => 'method' in one && one !== net,
    );
    return others.length === 0
      ? []
      : (['dice', 'clDice'] as const).map((key) => {
          const best = Math.max(...others.map((other) => other[key]));
          return {
            model: net.model,
            set: net.set,
            goal: `${key === 'dice' ? 'Dice' : 'clDice'} above the best baseline, ${best.toFixed(3)}`,
            reached: net[key].toFixed(3),
            met: net[key] > best,
          };
        });
  });
  return [...fixed, ...beaten];
}

export const GOAL_COLUMNS: readonly Column<Reached>[] = [
  { title: 'model', cell: (row) => row.model },
  { title: 'set', cell: (row) => row.set },
  { title: 'goal', cell: (row) => row.goal },
  { title: 'reached', cell: (row) => row.reached, numbers: true },
  { title: 'met', cell: (row) => (row.met ? 'yes' : 'no') },
];
