import fc from 'fast-check';
import { expect, it } from 'vitest';
import { runBounded } from '../../../electron/service/pictures/batch/runBounded';

const never = new AbortController().signal;
const bounded = (costs: readonly number[], atOnce: number, budget: number) => {
  const begun: number[] = [];
  const running = new Set<number>();
  let most = { items: 0, cost: 0 };
  const work = async (item: number): Promise<void> => {
    begun.push(item);
    running.add(item);
    const cost = [...running].reduce((sum, own) => sum + Math.min(budget, costs[own]), 0);
    most = { items: Math.max(most.items, running.size), cost: Math.max(most.cost, cost) };
    for (let i = 0; i < (item * 7) % 5; i++) await Promise.resolve();
    running.delete(item);
  };
  const costOf = (item: number): Promise<number> => Promise.resolve(costs[item]);
  const items = [...costs.keys()];
  return { begun, most: () => most, done: runBounded(items, { atOnce, budget, costOf }, work, never) };
};

it('all items are worked on in their order, and never more at once than the bounds allow', async () => {
  const cost = fc.oneof(fc.double({ min: 0, max: 20, noNaN: true }), fc.constant(Infinity));
  await fc.assert(
    fc.asyncProperty(
      fc.array(cost, { maxLength: 12 }),
      fc.integer({ min: 1, max: 4 }),
      fc.double({ min: 0.1, max: 25, noNaN: true }),
      async (costs, atOnce, budget) => {
        const { begun, most, done } = bounded(costs, atOnce, budget);
        await done;
        expect(begun).toEqual([...costs.keys()]);
        expect(most().items).toBeLessThanOrEqual(atOnce);
        expect(most().cost).toBeLessThanOrEqual(budget * (1 + 1e-9));
      },
    ),
  );
});

it('what fails is heard of when all that was begun has ended', async () => {
  const ended: number[] = [];
  const work = async (item: number): Promise<void> => {
    await Promise.resolve();
    if (item === 0) throw new Error('a bug');
    await new Promise((resolve) => setImmediate(resolve));
    ended.push(item);
  };
  const bounds = { atOnce: 2, budget: 10, costOf: () => Promise.resolve(1) };
  await expect(runBounded([0, 1, 2, 3], bounds, work, never)).rejects.toThrow('a bug');
  expect(ended).toContain(1);
});
