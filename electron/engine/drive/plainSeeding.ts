import { kMeansChunkRows } from '../../kernels/kMeansLayout';
import type { Rows } from '../model';
import type { SeedingPasses, SeedingRule } from './seeding';

/** The passes of a seeding as loops over rows: for any rows, missing cells too, and the oracle for the fast ones. */
export function plainSeeding(rows: Rows, k: number, isStopped: () => boolean): SeedingPasses {
  const { x, n, d } = rows;
  const chunkRows = kMeansChunkRows(n, d, k);
  const chunks = Math.ceil(n / chunkRows);
  const weight = rows.weight ?? new Float64Array(n).fill(1);
  const nearest = new Float64Array(n);
  let rule: SeedingRule = 'distance';
  let hasCentre = false;
  let columnMeans: Float64Array | null = null;

  const massOf = (row: number): number => {
    if (!hasCentre) return isObserved(rows, row) ? weight[row] : 0;
    if (!(nearest[row] > 0)) return 0;
    return rule === 'distance' ? weight[row] * nearest[row] : weight[row];
  };

  /** Sums of `of` over the rows of each chunk; null when stopped. */
  const byChunk = (of: (row: number) => number): Float64Array | null => {
    const sums = new Float64Array(chunks);
    for (let chunk = 0; chunk < chunks; chunk++) {
      if (isStopped()) return null;
      let sum = 0;
      for (let row = chunk * chunkRows; row < Math.min(n, (chunk + 1) * chunkRows); row++) sum += of(row);
      sums[chunk] = sum;
    }
    return sums;
  };

  /** From a row to a centre without missing cells, over the cells observed. */
  const distance = (row: number, centre: Float64Array): number => {
    let s = 0;
    for (let a = 0; a < d; a++) {
      const e = x[row * d + a] - centre[a];
      if (e === e) s += e * e;
    }
    return s;
  };

  return {
    chunkRows,
    massOf,

    begin(given) {
      rule = given;
      hasCentre = false;
      nearest.fill(Infinity);
      return byChunk(massOf);
    },

    centreAt(row) {
      const centre = x.slice(row * d, (row + 1) * d);
      if (!centre.some(Number.isNaN)) return centre;
      const means = (columnMeans ??= meansOf(rows, weight));
      return centre.map((value, a) => (Number.isNaN(value) ? means[a] : value));
    },

    best(candidates) {
      let best = 0;
      let least = Infinity;
      for (const [t, candidate] of candidates.entries()) {
        const costs = byChunk((row) => weight[row] * Math.min(nearest[row], distance(row, candidate)));
        if (costs === null) return null;
        const cost = costs.reduce((sum, value) => sum + value, 0);
        if (cost < least) {
          least = cost;
          best = t;
        }
      }
      return best;
    },

    accept(centre) {
      hasCentre = true;
      return byChunk((row) => {
        nearest[row] = Math.min(nearest[row], distance(row, centre));
        return massOf(row);
      });
    },
  };
}

/** Whether any cell of a row is. */
function isObserved({ x, d }: Rows, row: number): boolean {
  for (let a = 0; a < d; a++) if (!Number.isNaN(x[row * d + a])) return true;
  return false;
}

/** Weighted means of the observed cells of each column; 0 where there are none. */
function meansOf({ x, n, d }: Rows, weight: Float64Array): Float64Array {
  const sum = new Float64Array(d);
  const observed = new Float64Array(d);
  for (let i = 0; i < n; i++) {
    for (let a = 0; a < d; a++) {
      const value = x[i * d + a];
      if (Number.isNaN(value)) continue;
      sum[a] += weight[i] * value;
      observed[a] += weight[i];
    }
  }
  return sum.map((value, a) => (observed[a] > 0 ? value / observed[a] : 0));
}
