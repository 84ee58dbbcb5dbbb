/** How much may be under way at the same time. */
export interface Bounds<T> {
  /** Items. */
  readonly atOnce: number;
  /** Their costs together; an item that costs more is worked on alone. */
  readonly budget: number;
  readonly costOf: (item: T) => Promise<number>;
}

/**
 * Works on items, begun in their order, as many at the same time as the bounds allow. Ends when all that were begun have
 * ended; after `signal` none is begun. Rejects when work does, which only a bug causes.
 */
export async function runBounded<T>(
  items: readonly T[],
  { atOnce, budget, costOf }: Bounds<T>,
  work: (item: T) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const running = new Set<Promise<void>>();
  let used = 0;
  try {
    for (const item of items) {
      while (running.size >= atOnce) await Promise.race(running);
      const cost = Math.min(budget, await costOf(item));
      while (running.size > 0 && used + cost > budget) await Promise.race(running);
      if (signal.aborted) break;
      used += cost;
      const task: Promise<void> = work(item).finally(() => {
        used -= cost;
        running.delete(task);
      });
      running.add(task);
    }
  } finally {
    await Promise.allSettled(running);
  }
  await Promise.all(running);
}
