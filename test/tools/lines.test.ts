import { describe, expect, test } from '@jest/globals';
import { LINE_TOLERANCE, linesOf, polylines, simplify } from '@vessels/tools/lines';
import { branch, graphOf } from './graphs';

const line = (...points: [number, number, number][]) => Float32Array.from(points.flat());

describe('simplify', () => {
  test('a straight line needs its ends only', () => {
    expect(simplify(line([0, 0, 0], [1, 0, 0], [2, 0, 0], [5, 0, 0]), 0.1)).toEqual([0, 3]);
  });

  test('keeps a corner', () => {
    expect(simplify(line([0, 0, 0], [1, 0, 0], [2, 0, 0], [2, 1, 0], [2, 2, 0]), 0.1)).toEqual([
      0, 2, 4,
    ]);
  });

  test('a closed line keeps the point that is farthest from its start', () => {
    expect(simplify(line([0, 0, 0], [3, 0, 0], [0, 0, 0]), 0.1)).toEqual([0, 1, 2]);
  });

  test('keeps what little there is', () => {
    expect(simplify(line(), 0.1)).toEqual([]);
    expect(simplify(line([1, 2, 3]), 0.1)).toEqual([0]);
  });

  test('no dropped point of a helix is farther away than the tolerance', () => {
    const helix = Float32Array.from({ length: 3 * 300 }, (_, i) => {
      const turn = Math.floor(i / 3) / 10;
      return [5 * Math.cos(turn), 5 * Math.sin(turn), turn][i % 3];
    });
    const kept = simplify(helix, 0.1);
    expect(kept.length).toBeLessThan(150);
    const point = (i: number) => Array.from(helix.subarray(3 * i, 3 * i + 3));
    for (let segment = 0; segment + 1 < kept.length; segment++) {
      const [a, b] = [point(kept[segment]), point(kept[segment + 1])];
      for (let i = kept[segment] + 1; i < kept[segment + 1]; i++) {
        const p = point(i);
        const distances = Array.from({ length: 1001 }, (_, step) =>
          Math.hypot(...p.map((v, axis) => v - a[axis] - (step / 1000) * (b[axis] - a[axis]))),
        );
        expect(Math.min(...distances)).toBeLessThan(0.1 + 1e-3);
      }
    }
  });
});

describe('linesOf', () => {
  const graph = graphOf(
    branch(7, [0, 0, 0, 1, LINE_TOLERANCE / 2, 0, 2, 0, 0]),
    branch(3, [0, 0, 0, 0, 9, 0]),
  );

  test('puts the branches one after the other, with few points', () => {
    const lines = linesOf(graph);
    expect(Array.from(lines.points)).toEqual([0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 9, 0]);
    expect(Array.from(lines.offsets)).toEqual([0, 2, 4]);
    expect(lines.placeOf.get(3)).toBe(1);
  });

  test('is made once', () => {
    expect(linesOf(graph)).toBe(linesOf(graph));
  });

  test('polylines gives all branches, or those asked for', () => {
    const lines = linesOf(graph);
    expect(polylines(lines).map((points) => points.length)).toEqual([6, 6]);
    expect(polylines(lines, [1]).map((points) => Array.from(points))).toEqual([[0, 0, 0, 0, 9, 0]]);
    expect(polylines(lines, [])).toEqual([]);
  });
});
