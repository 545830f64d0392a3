import { describe, expect, test } from '@jest/globals';
import {
  sizeOf,
  topologyErrors,
  type TopologyError,
} from '@vessels/metrics/topologyErrors/topologyErrors';
import { draw, fill, type Drawn } from '../../helpers/draw';
import { countKinds, errorsBetween, geometryOf, voxelsOn } from '../../helpers/topologyErrors';
import { refusal } from '../../helpers/refusal';

const near = (value: number) => expect.closeTo(value, 5);
const place = (...position: number[]) => position.map(near);
const withoutBranches = (p: Drawn, r: Drawn) =>
  errorsBetween(p, r).filter(({ kind }) => !kind.endsWith('Branch'));
const line = (error: TopologyError) => ('points' in error ? voxelsOn(error.points) : []);

describe('components', () => {
  const whole = draw(['##########']);
  const broken = draw(['###..#####']);

  test('a gap is a split: between its faces, with the last voxel of each part', () => {
    const [split, ...others] = errorsBetween(broken, whole);
    expect(others).toEqual([]);
    expect(split).toMatchObject({ kind: 'split', length: near(2), position: place(3.5, 0, 0) });
    expect(line(split)).toEqual([2, 3, 4, 5].map((x) => [x, 0, 0]));
  });

  test('a bridge is a merge, in mm of its own axis', () => {
    const [merge, ...others] = errorsBetween(whole, broken, [0.5, 1, 2]);
    expect(others).toEqual([]);
    expect(merge).toMatchObject({ kind: 'merge', length: near(1), position: place(1.75, 0, 0) });
  });

  test('three parts on one have two gaps, the longer one first', () => {
    const errors = errorsBetween(draw(['##.###...##']), draw(['###########']));
    expect(errors.map(({ kind }) => kind)).toEqual(['split', 'split']);
    expect(errors.map((error) => sizeOf(error))).toEqual([
      { value: near(3), unit: 'mm' },
      { value: near(1), unit: 'mm' },
    ]);
  });

  test('a gap and a bridge on one vessel are two errors, though β0 is the same', () => {
    const prediction = draw(['##.#######']);
    const reference = draw(['#####.####']);
    expect(errorsBetween(prediction, reference)).toMatchObject([
      { kind: 'split', length: near(1), position: place(2, 0, 0) },
      { kind: 'merge', length: near(1), position: place(5, 0, 0) },
    ]);
  });

  test('a gap where the skeleton of the other mask does not lead is found all the same', () => {
    const plate = fill([9, 9, 1], () => true);
    const corners = fill([9, 9, 1], (x, y) => (x === 0 && y === 0) || (x === 8 && y === 0));
    const [split, ...others] = withoutBranches(corners, plate);
    expect(others).toEqual([]);
    expect(split).toMatchObject({ kind: 'split', length: near(7), position: place(4, 0, 0) });
  });

  test('a component beside everything is false, or missed', () => {
    const one = draw(['##...', '.....', '.....']);
    const two = draw(['##...', '.....', '...##']);
    const far = { voxels: 2, volume: near(2), position: place(1.5, 2, 0) };
    const [error, ...others] = errorsBetween(two, one, [0.5, 1, 2]);
    expect(others).toEqual([]);
    // Half-way between two voxels: either is the middle.
    expect([3, 4]).toContain(voxelsOn(error.position, [0.5, 1, 2])[0][0]);
    expect(error).toMatchObject({ ...far, kind: 'falseComponent', position: expect.anything() });
    expect(errorsBetween(one, two)).toMatchObject([{ kind: 'missedComponent', voxels: 2 }]);
  });
});

describe('loops', () => {
  const ring = draw(['.###.', '#...#', '#...#', '#...#', '.###.']);
  const open = draw(['.#.#.', '#...#', '#...#', '#...#', '.###.']);
  const disc = draw(['.###.', '#####', '#####', '#####', '.###.']);
  /** Eight steps along the axes and four around the corners. */
  const around = near(8 + 4 * Math.SQRT2);

  test.each([
    ['a bridge closes a false loop', ring, open, 'falseLoop', 'closed', [2, 0, 0]],
    ['a gap opens a loop', open, ring, 'missingLoop', 'closed', [2, 0, 0]],
    ['a hole makes a false loop', ring, disc, 'falseLoop', 'filled', [2, 2, 0]],
    ['a filling takes a loop', disc, ring, 'missingLoop', 'filled', [2, 2, 0]],
  ] as const)('%s', (_, prediction, reference, kind, cause, position) => {
    const [loop, ...others] = errorsBetween(prediction, reference);
    expect(others).toEqual([]);
    expect(loop).toMatchObject({ kind, cause, length: around, position: place(...position) });
    expect(line(loop)).toHaveLength(12);
  });

  test('the same loop elsewhere in a thick ring is no error', () => {
    const thick = fill([15, 15, 1], (x, y) => Math.max(Math.abs(x - 7), Math.abs(y - 7)) >= 3);
    const inner = fill([15, 15, 1], (x, y) => Math.max(Math.abs(x - 7), Math.abs(y - 7)) === 3);
    const outer = fill([15, 15, 1], (x, y) => Math.max(Math.abs(x - 7), Math.abs(y - 7)) === 6);
    expect(withoutBranches(inner, thick)).toEqual([]);
    expect(withoutBranches(outer, thick)).toEqual([]);
    // In the union of the two rings alone nothing says that they are the same.
    expect(countKinds(errorsBetween(inner, outer))).toMatchObject({ falseLoop: 1, missingLoop: 1 });
  });

  test('a filled loop of a thick ring is drawn on its skeleton, around what fills it', () => {
    const thick = fill([15, 15, 1], (x, y) => Math.max(Math.abs(x - 7), Math.abs(y - 7)) >= 3);
    const full = fill([15, 15, 1], () => true);
    const [loop, ...others] = errorsBetween(full, thick).filter(
      ({ kind }) => kind === 'missingLoop',
    );
    expect(others).toEqual([]);
    expect(loop).toMatchObject({ cause: 'filled', position: place(7, 7, 0) });
    // Half-way between the inner and the outer wall, not on the inner one.
    for (const [x, y] of line(loop))
      expect(Math.max(Math.abs(x - 7), Math.abs(y - 7))).toBeGreaterThan(3);
  });

  test('a bridge in the middle of a ring: two loops where there was one', () => {
    const bridged = draw(['.#####.', '#..#..#', '#..#..#', '#..#..#', '.#####.']);
    const plain = draw(['.#####.', '#.....#', '#.....#', '#.....#', '.#####.']);
    const [loop, ...others] = errorsBetween(bridged, plain);
    expect(others).toEqual([]);
    expect(loop).toMatchObject({ kind: 'falseLoop', cause: 'closed', position: place(3, 2, 0) });
  });

  test('loops that are different in the union do not correspond, whichever way they lie', () => {
    const outer = draw(['#######', '#.....#', '#.....#', '#######']);
    const left = draw(['####...', '#..#...', '#..#...', '####...']);
    const right = draw(['...####', '...#..#', '...#..#', '...####']);
    const both = { falseLoop: 1, missingLoop: 1 };
    expect(countKinds(withoutBranches(outer, left))).toEqual(both);
    expect(countKinds(withoutBranches(outer, right))).toEqual(both);
    expect(countKinds(withoutBranches(left, right))).toEqual(both);
  });

  test('a plug across a tube is a loop less and, closed at both ends, a cavity more', () => {
    const inside = (x: number, y: number) => x > 0 && x < 4 && y > 0 && y < 4;
    const tube = fill([5, 5, 7], (x, y) => !inside(x, y));
    const capped = fill([5, 5, 7], (x, y, z) => !inside(x, y) || z === 0);
    const box = fill([5, 5, 7], (x, y, z) => !inside(x, y) || z === 0 || z === 6);
    const tell = (p: Drawn, r: Drawn) => countKinds(withoutBranches(p, r));
    expect(tell(capped, tube)).toEqual({ missingLoop: 1 });
    expect(tell(box, tube)).toEqual({ missingLoop: 1, falseCavity: 1 });
    expect(tell(box, capped)).toEqual({ falseCavity: 1 });
  });

  test('a ring that several fillings close together lies in the mask that has it', () => {
    // Two rings of one mask that a tube of the other joins: one loop of the union, told on one of the rings.
    const wall = (x: number, y: number) => Math.max(Math.abs(x - 2), Math.abs(y - 2)) === 2;
    const ends = fill([5, 5, 7], (x, y, z) => wall(x, y) && (z === 0 || z === 6));
    const tube = fill([5, 5, 7], (x, y) => wall(x, y));
    const [loop] = errorsBetween(ends, tube).filter(({ kind }) => kind === 'falseLoop');
    expect(loop).toMatchObject({ cause: 'filled' });
    expect(line(loop).every(([x, y, z]) => ends.mask[x + 5 * (y + 5 * z)] === 1)).toBe(true);
  });
});

describe('cavities', () => {
  const cube = fill([5, 5, 5], () => true);
  const hollow = fill([5, 5, 5], (x, y, z) => x !== 2 || y !== 2 || z !== 2);

  test('a hole inside is a false cavity, a filled one a missing cavity', () => {
    expect(errorsBetween(hollow, cube, [0.5, 1, 2])).toEqual([
      { kind: 'falseCavity', voxels: 1, volume: near(1), position: place(1, 2, 4) },
    ]);
    expect(errorsBetween(cube, hollow)).toMatchObject([{ kind: 'missingCavity', voxels: 1 }]);
  });

  test('a cavity that leaks at an edge of voxels is still one: background is 6-connected', () => {
    const leaking = fill([5, 5, 5], (x, y, z) => z !== 2 || x !== y || x < 2);
    expect(countKinds(errorsBetween(leaking, cube))).toEqual({ falseCavity: 2 });
  });

  test('a wall through a cavity: the smaller half is false', () => {
    const long = fill([9, 3, 3], (x, y, z) => x < 1 || x > 7 || y !== 1 || z !== 1);
    const walled = fill([9, 3, 3], (x, y, z) => x < 1 || x > 7 || y !== 1 || z !== 1 || x === 3);
    expect(errorsBetween(walled, long)).toMatchObject([
      { kind: 'falseCavity', voxels: 2, volume: 2 },
    ]);
  });
});

describe('branches', () => {
  // A block with a rod of 3 × 3 voxels that stands out of it.
  const block = fill([21, 17, 5], (_, y) => y < 5);
  const rod = fill(
    [21, 17, 5],
    (x, y, z) => y < 5 || (Math.abs(x - 10) < 2 && z > 0 && z < 4 && y < 15),
  );

  test('a branch that is missed: its length out of the other mask, and its radius', () => {
    const [branch, ...others] = errorsBetween(block, rod);
    expect(others).toEqual([]);
    // From the face at y = 4.5 to the end of the skeleton, one voxel before that of the rod.
    expect(branch).toMatchObject({ kind: 'missedBranch', length: near(8.5) });
    expect(branch.position).toEqual(place(10, 9, 2));
    expect(line(branch)).toEqual([5, 6, 7, 8, 9, 10, 11, 12, 13].map((y) => [10, y, 2]));
    expect(errorsBetween(rod, block)).toMatchObject([{ kind: 'falseBranch', length: near(8.5) }]);
    const { radius } = branch as { radius: number };
    expect(Math.abs(radius - 1.5)).toBeLessThan(0.5);
  });

  test('one shorter than wide, or than 2 mm, is a rough wall', () => {
    const stub = fill(
      [21, 17, 5],
      (x, y, z) => y < 5 || (Math.abs(x - 10) < 2 && z > 0 && z < 4 && y < 7),
    );
    expect(errorsBetween(stub, block)).toEqual([]);
    expect(errorsBetween(rod, block, [0.1, 0.1, 0.1])).toEqual([]);
  });

  test('what a gap tells is no branch as well', () => {
    const vessel = fill([30, 5, 5], (_, y, z) => Math.hypot(y - 2, z - 2) < 2);
    const cut = fill([30, 5, 5], (x, y, z) => Math.hypot(y - 2, z - 2) < 2 && (x < 10 || x > 19));
    expect(errorsBetween(cut, vessel)).toMatchObject([
      { kind: 'split', length: near(10), position: place(14.5, 2, 2) },
    ]);
  });
});

describe('corners of the definition', () => {
  const empty = fill([4, 3, 2], () => false);
  const full = fill([4, 3, 2], () => true);
  const voxel = fill([1, 1, 1], () => true);

  test('empty and full masks', () => {
    expect(errorsBetween(empty, empty)).toEqual([]);
    expect(errorsBetween(full, full)).toEqual([]);
    expect(errorsBetween(full, empty)).toMatchObject([{ kind: 'falseComponent', voxels: 24 }]);
    expect(errorsBetween(empty, full)).toMatchObject([{ kind: 'missedComponent', voxels: 24 }]);
    expect(errorsBetween(voxel, voxel)).toEqual([]);
  });

  test('a loop along the border of the volume is one; the outside fills nothing', () => {
    const frame = fill([6, 6, 1], (x, y) => x % 5 === 0 || y % 5 === 0);
    expect(
      countKinds(
        errorsBetween(
          frame,
          fill([6, 6, 1], () => true),
        ),
      ),
    ).toEqual({ falseLoop: 1 });
  });

  test('what is prepared may be packed along either axis or be bytes', () => {
    const p = { data: full.mask, geometry: geometryOf(full.dims) };
    const skeleton = Uint8Array.from(full.mask, (_, i) => (i === 0 ? 1 : 0));
    expect(topologyErrors(p, empty.mask, { prediction: { skeleton } })).toHaveLength(1);
  });

  test('refusals name the argument', () => {
    const geometry = geometryOf(full.dims);
    const cases = [
      [{ data: full.mask.subarray(1), geometry }, full.mask, 'volume.length', 'prediction'],
      [{ data: full.mask, geometry }, full.mask.subarray(1), 'volume.length', 'reference'],
      [
        { data: full.mask, geometry: geometryOf([4, 3, 0] as never) },
        full.mask,
        'volume.dims',
        'dims',
      ],
      [
        { data: full.mask, geometry: geometryOf(full.dims, [1, 1, NaN]) },
        full.mask,
        'volume.spacing',
        'spacing',
      ],
    ] as const;
    for (const [prediction, reference, code, name] of cases) {
      const error = refusal(() => topologyErrors(prediction, reference));
      expect([error.code, error.message]).toEqual([code, expect.stringContaining(name)]);
    }
  });
});
