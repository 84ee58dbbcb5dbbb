import fc from 'fast-check';
import type { Rows } from '../../../electron/engine/model';

/** Rows of numbers and a cluster for each. */
export interface Partition {
  readonly rows: Rows;
  readonly label: Int32Array;
  readonly k: number;
}

/** Whole weights, so that each row can be written out as often as it weighs. */
export const partitions = ({ missing = false, weighted = false } = {}): fc.Arbitrary<Partition> =>
  fc
    .record({
      n: fc.integer({ min: 3, max: 24 }),
      d: fc.integer({ min: 1, max: 4 }),
      k: fc.integer({ min: 2, max: 4 }),
    })
    .chain(({ n, d, k }) => {
      const cell = fc.integer({ min: -20, max: 20 }).map((value) => value / 4);
      const cells = missing ? fc.option(cell, { nil: NaN, freq: 4 }) : cell;
      return fc.record({
        x: fc.array(cells, { minLength: n * d, maxLength: n * d }),
        weight: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: n, maxLength: n }),
        label: fc.array(fc.integer({ min: 0, max: k - 1 }), { minLength: n, maxLength: n }),
        n: fc.constant(n),
        d: fc.constant(d),
        k: fc.constant(k),
      });
    })
    .map(({ x, weight, label, n, d, k }) => ({
      rows: {
        x: Float64Array.from(x),
        n,
        d,
        hasMissing: x.some(Number.isNaN),
        weight: weighted ? Float64Array.from(weight) : undefined,
      },
      label: Int32Array.from(label),
      k,
    }));

/** Every row as often as it weighs, none with a weight. */
export function writtenOut({ rows, label, k }: Partition): Partition {
  const index = [...label.keys()].flatMap((i) => Array.from({ length: rows.weight?.[i] ?? 1 }, () => i));
  return { ...chosenRows({ rows: { ...rows, weight: undefined }, label, k }, index) };
}

/** These rows in this order. */
export function chosenRows({ rows, label, k }: Partition, index: readonly number[]): Partition {
  const { x, d, weight, hasMissing } = rows;
  return {
    rows: {
      x: Float64Array.from(index.flatMap((i) => [...x.subarray(i * d, (i + 1) * d)])),
      n: index.length,
      d,
      hasMissing,
      weight: weight && Float64Array.from(index, (i) => weight[i]),
    },
    label: Int32Array.from(index, (i) => label[i]),
    k,
  };
}

/** The same with each cell changed. */
export const changed = (
  partition: Partition,
  change: (value: number, column: number) => number,
): Partition => ({
  ...partition,
  rows: { ...partition.rows, x: partition.rows.x.map((value, at) => change(value, at % partition.rows.d)) },
});

/** The same clusters with other numbers. */
export const renamed = ({ rows, label, k }: Partition): Partition => ({
  rows,
  label: label.map((c) => k - 1 - c),
  k,
});

/** Distance of two rows over the cells both have, scaled up to all; NaN where there are none: written plainly. */
export function plainDistance({ x, d }: Rows, i: number, j: number): number {
  const squares = Array.from({ length: d }, (_, a) => (x[i * d + a] - x[j * d + a]) ** 2).filter(
    (value) => !Number.isNaN(value),
  );
  return Math.sqrt((squares.reduce((sum, value) => sum + value, 0) * d) / squares.length);
}
