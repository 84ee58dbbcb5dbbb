import { nameOf } from '../conditionalNormal';

/**
 * Rows [from, to) of x, n x d, less `from`, so that those with the same missing cells stand together: complete rows
 * first, the others by their patterns, rows of one pattern as they came.
 */
export function orderByPattern(x: Float64Array, from: number, to: number, d: number): Uint32Array {
  const names = Array.from({ length: to - from }, (_, i) => nameOf(x, (from + i) * d, d));
  const order = Uint32Array.from(names, (_, i) => i);
  return order.sort((a, b) => {
    const [first, second] = [names[a], names[b]];
    if (first === second) return a - b;
    return first < second ? -1 : 1;
  });
}

/** The order of rows, found once for the rows of each call; they must not change. */
export function createRowOrders(): (x: Float64Array, from: number, to: number, d: number) => Uint32Array {
  const known = new WeakMap<Float64Array, Map<string, Uint32Array>>();
  return (x, from, to, d) => {
    let orders = known.get(x);
    if (!orders) known.set(x, (orders = new Map()));
    const key = `${from}-${to}-${d}`;
    let order = orders.get(key);
    if (!order) orders.set(key, (order = orderByPattern(x, from, to, d)));
    return order;
  };
}
