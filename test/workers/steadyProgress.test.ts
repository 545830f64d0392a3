import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { Progress } from '@vessels/workers/protocol';
import { SteadyProgress } from '@vessels/workers/steadyProgress';

let time = 0;
const told: Progress[] = [];
let steady: SteadyProgress;

beforeEach(() => {
  jest.useFakeTimers();
  time = 0;
  told.length = 0;
  steady = new SteadyProgress(
    (progress) => told.push(progress),
    () => time,
  );
});
afterEach(() => {
  steady.stop();
  jest.useRealTimers();
});

function pass(ms: number) {
  for (let at = 0; at < ms; at += 100) {
    time += 100;
    jest.advanceTimersByTime(100);
  }
}

test('before the first report nothing is told, after the end neither', () => {
  pass(2000);
  expect(told).toEqual([]);
  steady.report({ stage: 'infer', fraction: 0.1 });
  steady.stop();
  pass(2000);
  expect(told).toHaveLength(1);
});

test('tiles of two seconds: something is told twice a second, at the pace of the tile before', () => {
  steady.report({ stage: 'infer', fraction: 0.2 });
  pass(2000);
  steady.report({ stage: 'infer', fraction: 0.3, remaining: 14 });
  told.length = 0;
  pass(2000);
  expect(told.map(({ fraction }) => fraction)).toEqual(
    [0.305, 0.32, 0.335, 0.35, 0.365, 0.38, 0.395].map((fraction) => expect.closeTo(fraction, 9)),
  );
  expect(told.map(({ remaining }) => remaining)).toEqual(
    [13.9, 13.6, 13.3, 13, 12.7, 12.4, 12.1].map((seconds) => expect.closeTo(seconds, 9)),
  );
});

test('the first step is told of too, as a hundredth of the run at most', () => {
  steady.report({ stage: 'compile', fraction: 0 });
  pass(2000);
  expect(told.map(({ fraction }) => fraction)).toEqual(
    [0, 0.003, 0.006, 0.009, 0.01, 0.01, 0.01].map((fraction) => expect.closeTo(fraction, 9)),
  );
});

test('of many tiles in a moment some are told, and every stage', () => {
  for (let tile = 0; tile < 100; tile++, time += 10)
    steady.report({ stage: 'infer', fraction: tile / 100 });
  steady.report({ stage: 'clean', fraction: 0.99 });
  expect(told.map(({ fraction }) => fraction)).toEqual([
    0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.99,
  ]);
});

test('a short step is not taken for the pace of a long one', () => {
  steady.report({ stage: 'load', fraction: 0 });
  pass(100);
  steady.report({ stage: 'compile', fraction: 0.1 });
  told.length = 0;
  pass(900);
  expect(told.map(({ fraction }) => fraction)).toEqual(
    [0.12, 0.15, 0.18].map((fraction) => expect.closeTo(fraction, 9)),
  );
});

test('a tile that takes longer is waited for, and the fraction never falls', () => {
  steady.report({ stage: 'infer', fraction: 0.2 });
  pass(400);
  steady.report({ stage: 'infer', fraction: 0.3, remaining: 1 });
  pass(4000);
  expect(told.at(-1)).toEqual({ stage: 'infer', fraction: expect.closeTo(0.4, 9), remaining: 0 });
  steady.report({ stage: 'clean', fraction: 0.35 });
  expect(told.at(-1)).toEqual({ stage: 'clean', fraction: expect.closeTo(0.4, 9) });
});
