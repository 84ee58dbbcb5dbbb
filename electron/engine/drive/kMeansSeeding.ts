import type { KMeansKernel } from '../../kernels/kMeansKernel';
import type { Rows } from '../model';
import type { RunJob } from './kMeansRows';
import type { SeedingPasses, SeedingRule } from './seeding';

/** What sums in single precision may lack, relative: 16 additions, a product, and distances rounded up by 1e-6. */
const sumError = 4e-6;

/**
 * The passes of a seeding on the compiled kernels: the rows chosen are those of `plainSeeding`. Candidates are compared
 * in single precision, and in double where that cannot tell them apart. The rows have been prepared for a seeding,
 * and no cell is missing.
 */
export function kMeansSeeding(kernel: KMeansKernel, rows: Rows, runJob: RunJob): SeedingPasses {
  const { n, d } = rows;
  const run = (job: Parameters<RunJob>[0]): boolean => runJob(job, kernel.pieces(job));
  const nearest = kernel.nearest();
  const weightOf = (row: number): number => rows.weight?.[row] ?? 1;
  const { chunkRows } = kernel;
  let rule: SeedingRule = 'distance';
  let hasCentre = false;
  let allWeight = 0;

  const sums = (count: number): Float64Array => {
    const total = new Float64Array(count);
    for (const chunk of kernel.found(count)) chunk.forEach((value, t) => (total[t] += value));
    return total;
  };

  return {
    chunkRows,

    begin(given) {
      rule = given;
      hasCentre = false;
      if (!run('seedingBegin')) return null;
      const masses = new Float64Array(Math.ceil(n / chunkRows));
      for (let row = 0; row < n; row++) masses[Math.floor(row / chunkRows)] += weightOf(row);
      allWeight = masses.reduce((sum, mass) => sum + mass, 0);
      return masses;
    },

    massOf(row) {
      if (!hasCentre) return weightOf(row);
      if (!(nearest[row] > 0)) return 0;
      return rule === 'distance' ? weightOf(row) * nearest[row] : weightOf(row);
    },

    centreAt: (row) => rows.x.slice(row * d, (row + 1) * d),

    best(candidates) {
      kernel.placeCandidates(candidates, rule === 'distance');
      if (!run('seedingEstimates')) return null;
      const estimates = sums(candidates.length + 1);
      const squares = estimates[candidates.length];
      const { fixed, perSquare } = kernel.scoreError;
      const error = perSquare * squares + fixed * allWeight;
      const costs = estimates.subarray(0, candidates.length);
      const best = leastOf(costs);
      // Sums carry the rounding of weights too, hence a little more than twice.
      const upTo = costs[best] * (1 + 2.1 * sumError) + 2.1 * error;
      if (costs.every((cost, t) => t === best || cost > upTo) && Number.isFinite(upTo)) return best;
      if (!run('seedingCosts')) return null;
      return leastOf(sums(candidates.length));
    },

    accept(centre) {
      hasCentre = true;
      kernel.placeCandidates([centre], rule === 'distance');
      if (!run('seedingAccept')) return null;
      return Float64Array.from(kernel.found(1), ([mass]) => mass);
    },
  };
}

/** The place of the least number, the first of equals. */
function leastOf(values: Float64Array): number {
  let best = 0;
  for (let t = 1; t < values.length; t++) if (values[t] < values[best]) best = t;
  return best;
}
