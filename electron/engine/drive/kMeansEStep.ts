import type { KMeansJob } from '../../kernels/kMeansJobs';
import type { KMeansKernel, LongNumber } from '../../kernels/kMeansKernel';
import type { Stats } from '../model';
import { LongSum } from '../numeric/longSum';
import type { EStep } from './eStep';
import { areComplete, prepareRows, sumOf, type RunJob } from './kMeansRows';

/** A distortion below this share of the rows' squared lengths is added up row by row: a difference has lost digits. */
const leastShare = 1e-9;

/** A centre with less than this share of all weight may owe it to rounding: its sums are taken afresh. */
const leastWeight = 1e-12;

/** Sums of rows by centre, k x d and then the weight, in two parts. */
interface LongSums {
  readonly high: Float64Array;
  readonly low: Float64Array;
}

/**
 * The E-step of k-means on rows that keep their labels, bounds and sums from step to step. Labels are those that
 * distances in double precision give, sums are right to the last bit or nearly so: whatever steps came before, and
 * on any number of threads. Rows with missing cells are left to `plain`.
 */
export function kMeansEStep(
  kernel: KMeansKernel,
  runJob: RunJob,
  isCancelled: () => boolean,
  plain: EStep,
): EStep {
  const { k, d } = kernel.place;
  const run = (job: KMeansJob): boolean => runJob(job, kernel.pieces(job));
  let squares: readonly LongNumber[] | null = null;
  return (params, policy) => {
    if (policy.kind !== 'hard') return plain(params, policy);
    const { mean } = params;
    if (squares === null) {
      squares = prepareRows(kernel, 'passes', runJob, isCancelled);
      if (squares === null) return null;
      // What an earlier run on this thread has left would change no label, but might the last bit of a sum.
      kernel.forget();
    }
    if (!areComplete(squares)) return plain(params, policy);
    kernel.placeCentres(mean);
    if (!run('pass') || !run('totals')) return null;
    if (hasDoubtfulWeight(kernel.totals(), k, d)) {
      kernel.forget();
      kernel.placeCentres(mean);
      if (!run('pass') || !run('totals')) return null;
    }
    const sums = kernel.totals();
    let distortion = distortionOf(sums, squares, mean, k, d);
    if (!(distortion >= leastShare * sumOf(squares))) {
      if (!run('distortion')) return null;
      distortion = sumOf(kernel.distortions());
    }
    // Adding zero turns the -0 of a perfect fit into 0.
    const objective = -distortion + 0;
    return {
      stats: statsOf(sums, k, d),
      rowObjective: { logLikelihood: objective, bound: objective, objective },
    };
  };
}

/** Whether what is left of a weight after rows went may be the rounding of theirs. */
function hasDoubtfulWeight({ high, low }: LongSums, k: number, d: number): boolean {
  let all = 0;
  for (let j = 0; j < k; j++) all += high[j * (d + 1) + d];
  for (let j = 0; j < k; j++) {
    const weight = high[j * (d + 1) + d] + low[j * (d + 1) + d];
    if (weight !== 0 && weight < leastWeight * all) return true;
  }
  return false;
}

function statsOf({ high, low }: LongSums, k: number, d: number): Stats {
  const weight = new Float64Array(k);
  const sum = new Float64Array(k * d);
  const observed = new Float64Array(k * d);
  for (let j = 0; j < k; j++) {
    const at = j * (d + 1);
    for (let a = 0; a < d; a++) sum[j * d + a] = high[at + a] + low[at + a];
    weight[j] = high[at + d] + low[at + d];
    observed.fill(weight[j], j * d, (j + 1) * d);
  }
  return { weight, sum, observed };
}

/**
 * J = sum_i w_i |x_i|^2 + sum_j c_j (n_j c_j - 2 s_j), which is sum_i w_i |x_i - c|^2 (Bishop, 2006, eq. 9.1)
 * multiplied out; in twice the digits of a double, since the sums are much larger than their difference.
 */
function distortionOf(
  { high, low }: LongSums,
  squares: readonly LongNumber[],
  mean: Float64Array,
  k: number,
  d: number,
): number {
  const sum = new LongSum();
  for (const square of squares) {
    sum.add(square.high);
    sum.add(square.low);
  }
  const rest = new LongSum();
  for (let j = 0; j < k; j++) {
    const weight = j * (d + 1) + d;
    for (let a = 0; a < d; a++) {
      const at = j * (d + 1) + a;
      const centre = mean[j * d + a];
      rest.clear();
      rest.addProduct(high[weight], centre);
      rest.add(low[weight] * centre);
      rest.add(-2 * high[at]);
      rest.add(-2 * low[at]);
      sum.addProduct(centre, rest.high);
      sum.add(centre * rest.low);
    }
  }
  return sum.value;
}
