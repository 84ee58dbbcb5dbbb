/** Edges of the bins of the largest posterior of a row. */
export const binEdges = [0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1] as const;

/** By bin: rows, those that are right, and the sum of their largest posteriors. */
export interface Calibration {
  readonly rows: readonly number[];
  readonly right: readonly number[];
  readonly posterior: readonly number[];
}

/** Sorts rows into bins; an edge belongs to the bin above it, 1 to the last. */
export function calibrationOf(
  rows: readonly { readonly posterior: number; readonly isRight: boolean }[],
): Calibration {
  const bins = binEdges.length - 1;
  const found = { rows: zeros(bins), right: zeros(bins), posterior: zeros(bins) };
  for (const { posterior, isRight } of rows) {
    const above = binEdges.findIndex((edge) => edge > posterior);
    const bin = above === -1 ? bins - 1 : above - 1;
    found.rows[bin]++;
    found.right[bin] += Number(isRight);
    found.posterior[bin] += posterior;
  }
  return found;
}

const zeros = (count: number): number[] => Array<number>(count).fill(0);

/** The bins of several sets together. */
export function pooled(all: readonly Calibration[]): Calibration {
  const sum = (of: (one: Calibration) => readonly number[]): number[] =>
    all.reduce((total, one) => total.map((value, bin) => value + of(one)[bin]), zeros(binEdges.length - 1));
  return {
    rows: sum((one) => one.rows),
    right: sum((one) => one.right),
    posterior: sum((one) => one.posterior),
  };
}
