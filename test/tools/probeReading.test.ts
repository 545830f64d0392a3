import { describe, expect, test } from '@jest/globals';
import { branchName, readingNear, readingText } from '@vessels/tools/probeReading';
import { branch, graphOf } from './graphs';

describe('readingNear', () => {
  const vessel = branch(12, [0, 0, 0, 1, 0, 0, 2, 0, 0], 1.04);
  const graph = graphOf(vessel);

  test('tells the branch, its nearest point and the diameter there', () => {
    const reading = readingNear(graph, [1.2, 0.5, 0], 0);
    expect(reading?.branch).toBe(vessel);
    expect(reading?.position).toEqual([1, 0, 0]);
    expect(reading && readingText(reading)).toEqual(['Branch 12', '⌀ 2.1 mm']);
  });

  test('outside of wall and tolerance there is nothing', () => {
    expect(readingNear(graph, [1, 1.5, 0], 0)).toBeUndefined();
    expect(readingNear(graph, [1, 1.5, 0], 0.5)?.position).toEqual([1, 0, 0]);
    expect(readingNear(graph, [1, 1.6, 0], 0.5)).toBeUndefined();
  });

  test('a graph without branches has none', () => {
    expect(readingNear(graphOf(), [0, 0, 0], 100)).toBeUndefined();
  });

  test('names branches by their id', () => {
    expect(branchName({ id: 3 })).toBe('Branch 3');
  });
});
