import { beforeEach, describe, expect, jest, test } from '@jest/globals';
import {
  centerlines,
  setCenterlines,
  setHighlightedBranch,
  setHoveredBranch,
  subscribeCenterlines,
} from '@vessels/tools/centerlineStore';
import { branch, graphOf } from './graphs';

const graph = graphOf(branch(1, [0, 0, 0, 1, 1, 1]));

beforeEach(() => {
  for (const frame of Object.keys(centerlines().graphs)) setCenterlines(frame, undefined);
});

describe('the centerlines on show', () => {
  test('are kept by frame of reference', () => {
    const other = graphOf();
    setCenterlines('1.2', graph);
    setCenterlines('1.3', other);
    expect(centerlines().graphs).toEqual({ '1.2': graph, '1.3': other });
    setCenterlines('1.2', undefined);
    expect(centerlines().graphs).toEqual({ '1.3': other });
  });

  test('a new graph clears highlight and hover, whose ids were the old graph’s', () => {
    setCenterlines('1.2', graph);
    setHighlightedBranch(1);
    setHoveredBranch(1);
    expect(centerlines()).toMatchObject({ highlighted: 1, hovered: 1 });
    setCenterlines('1.2', graphOf());
    expect(centerlines()).toMatchObject({ highlighted: undefined, hovered: undefined });
  });

  test('listeners hear of changes, not of repetitions, until they stop', () => {
    const listener = jest.fn();
    const stop = subscribeCenterlines(listener);
    setHighlightedBranch(4);
    setHighlightedBranch(4);
    setHoveredBranch(5);
    setHoveredBranch(5);
    expect(listener).toHaveBeenCalledTimes(2);
    stop();
    setHighlightedBranch(undefined);
    expect(listener).toHaveBeenCalledTimes(2);
  });
});
