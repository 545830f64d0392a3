import { describe, expect, jest, test } from '@jest/globals';
import { inTurns } from '@vessels/inference/tasks';

describe('inTurns', () => {
  test('does each step once and in order', async () => {
    const done: number[] = [];
    await inTurns(5, (index) => done.push(index));
    expect(done).toEqual([0, 1, 2, 3, 4]);
  });

  test('lets others have their turn when steps take long', async () => {
    let time = 0;
    const clock = jest.spyOn(performance, 'now').mockImplementation(() => time);
    const order: string[] = [];
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => void order.push('message');
    port2.postMessage(null);
    await inTurns(3, (index) => {
      order.push(`step ${index}`);
      time += 20;
    });
    port1.close();
    clock.mockRestore();
    expect(order[0]).toBe('step 0');
    expect(order.indexOf('message')).toBeLessThan(order.indexOf('step 2'));
  });

  test('ends with the first step that fails', async () => {
    const done: number[] = [];
    const failing = inTurns(3, (index) => {
      done.push(index);
      if (index === 1) throw new Error('no image');
    });
    await expect(failing).rejects.toThrow('no image');
    expect(done).toEqual([0, 1]);
  });
});
