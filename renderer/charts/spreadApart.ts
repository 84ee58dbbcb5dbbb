/**
 * Places nearest to the wanted ones (least squares) that keep their order and lie at least `gap` apart.
 *
 * wanted  in ascending order, any unit
 *
 * Source: isotonic regression of wanted[i] - i gap by pooling adjacent violators; Barlow, Bartholomew, Bremner and Brunk
 * (1972), Statistical Inference under Order Restrictions, section 1.2.
 */
export function spreadApart(wanted: readonly number[], gap: number): number[] {
  const pools: { sum: number; count: number }[] = [];
  wanted.forEach((place, at) => {
    let pool = { sum: place - at * gap, count: 1 };
    for (let last = pools.at(-1); last && meanOf(last) > meanOf(pool); last = pools.at(-1)) {
      pools.pop();
      pool = { sum: last.sum + pool.sum, count: last.count + pool.count };
    }
    pools.push(pool);
  });
  return pools
    .flatMap((pool) => Array<number>(pool.count).fill(meanOf(pool)))
    .map((place, at) => place + at * gap);
}

const meanOf = ({ sum, count }: { sum: number; count: number }): number => sum / count;
