import { describe, expect, test } from '@jest/globals';
import { FINDING_LIMITS } from '@vessels/metrics/findings/limits';
import { loops } from '@vessels/metrics/findings/loops';
import { spurs } from '@vessels/metrics/findings/spurs';
import type { Vec3 } from '@vessels/volume/geometry';
import { graphOf } from '../../helpers/graphs';

describe('spurs', () => {
  /** A vessel of radius 2 along x from 0 to 40 with a side branch at x = 20 of a given length. */
  const vessel = (length: number) =>
    graphOf(
      [
        [0, 0, 0],
        [20, 0, 0],
        [40, 0, 0],
        [20, length, 0],
      ],
      [
        { from: 1, to: 2, radius: 2 },
        { from: 2, to: 3, radius: 2 },
        { from: 2, to: 4, radius: 2 },
      ],
    );

  test('a side branch that hardly leaves the wall is one, told at its tip', () => {
    expect(spurs(vessel(2.5))).toEqual([
      { kind: 'spur', severity: 'info', position: [20, 2.5, 0], value: 2.5, unit: 'mm' },
    ]);
  });

  test('the limit is 1.5 radii of the vessel', () => {
    expect(FINDING_LIMITS.spurRadii).toBe(1.5);
    expect(spurs(vessel(2.99))).toHaveLength(1);
    expect(spurs(vessel(3))).toHaveLength(0);
  });

  test('the two longest branches of a node are the vessel, a bridge between two nodes is none', () => {
    const places: Vec3[] = [
      [0, 0, 0],
      [1, 0, 0],
      [0, 0.9, 0],
      [0, 0, 0.8],
    ];
    const star = graphOf(places, [
      { from: 1, to: 2, radius: 2 },
      { from: 1, to: 3, radius: 2 },
      { from: 4, to: 1, radius: 2 },
    ]);
    expect(spurs(star).map(({ position }) => position)).toEqual([[0, 0, 0.8]]);
    const bridged = graphOf(
      [...places.slice(0, 2), [30, 0, 0], [1, 30, 0], [-30, 0, 0], [0, 30, 0]],
      [
        { from: 1, to: 2, radius: 2 },
        { from: 2, to: 3, radius: 2 },
        { from: 2, to: 4, radius: 2 },
        { from: 1, to: 5, radius: 2 },
        { from: 1, to: 6, radius: 2 },
      ],
    );
    expect(spurs(bridged)).toEqual([]);
  });
});

describe('loops', () => {
  /** Two vessels side by side that start at one node, joined by a short bridge, and a tail. */
  const ladder = graphOf(
    [
      [0, 0, 0],
      [10, 0, 0],
      [0, 20, 0],
      [0, 40, 0],
    ],
    [
      { from: 1, to: 2, radius: 2, via: [[4, 0, 0]] },
      { from: 1, to: 3, radius: 1 },
      { from: 2, to: 3, radius: 1, via: [[10, 20, 0]] },
      { from: 3, to: 4, radius: 1 },
    ],
  );

  test('a loop is told on its shortest branch, with the length once round', () => {
    expect(loops(ladder)).toEqual([
      { kind: 'loop', severity: 'info', position: [4, 0, 0], value: 10 + 20 + 30, unit: 'mm' },
    ]);
  });

  test('each independent loop once: two branches side by side, and one from a node to itself', () => {
    const graph = graphOf(
      [
        [0, 0, 0],
        [10, 0, 0],
      ],
      [
        { from: 1, to: 2, radius: 1, via: [[5, 0, 0]] },
        { from: 1, to: 2, radius: 1, via: [[5, 5, 0]] },
        { from: 2, to: 2, radius: 1, via: [[12, 0, 0]] },
      ],
    );
    const found = loops(graph);
    expect(found.map(({ value }) => value)).toEqual([4, 10 + 2 * Math.hypot(5, 5)]);
    expect(found.map(({ position }) => position)).toEqual([
      [12, 0, 0],
      [5, 0, 0],
    ]);
  });

  test('the way round is the shortest over branches that are no shorter', () => {
    const graph = graphOf(
      [
        [0, 0, 0],
        [10, 0, 0],
      ],
      [
        { from: 1, to: 2, radius: 1, via: [[5, 40, 0]] },
        { from: 1, to: 2, radius: 1, via: [[5, 12, 0]] },
        { from: 1, to: 2, radius: 1 },
      ],
    );
    const [short, long] = loops(graph);
    expect(short.value).toBeCloseTo(10 + 2 * 13, 6);
    expect(long.value).toBeCloseTo(2 * 13 + 2 * Math.hypot(5, 40), 6);
    expect(short.position).toEqual([10, 0, 0]);
    expect(long.position).toEqual([5, 12, 0]);
  });

  test('a tree has none', () => {
    const line = graphOf(
      [
        [0, 0, 0],
        [1, 0, 0],
      ],
      [{ from: 1, to: 2, radius: 1 }],
    );
    expect(loops(line)).toEqual([]);
  });
});
