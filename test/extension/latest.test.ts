import { describe, expect, it } from '@jest/globals';
import { latest } from '../../extension/src/state/latest';

const tick = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('latest', () => {
  it('answers the first and the newest of a burst, never two at once', async () => {
    const answered: number[] = [];
    let running = 0;
    const show = latest(async (value: number) => {
      expect(++running).toBe(1);
      await tick();
      answered.push(value);
      running--;
    });
    await Promise.all([1, 2, 3, 4].map((value) => show(value)));
    expect(answered).toEqual([1, 4]);
  });

  it('goes on after a call that failed', async () => {
    const answered: number[] = [];
    const show = latest(async (value: number) => {
      if (value === 1) throw new Error('first');
      answered.push(value);
    });
    await expect(show(1)).rejects.toThrow('first');
    await show(2);
    expect(answered).toEqual([2]);
  });
});
