import type { FitFailure } from '../../../shared/fitFailure';
import { failed, ok, type Result } from '../../../shared/result';
import type { Rows } from '../model';
import type { Random } from '../numeric/random';

/** `distance`: k-means++, rows far from all centres are likelier; `uniform`: all rows are alike. */
export type SeedingRule = 'distance' | 'uniform';

/** Rows between two questions whether to go on. */
const rowsBetweenChecks = 65_536;

/**
 * Chooses k different rows as centres, one after the other, never one that equals a centre chosen before.
 *
 * `distance` is greedy k-means++ (Arthur and Vassilvitskii, 2007, section 2.2; trials as in their footnote and
 * scikit-learn: 2 + floor(log k) candidates, drawn by weight times squared distance to the nearest centre, of
 * which the one that lowers the sum of those most is kept). `uniform` draws by weight alone.
 *
 * Returns k x d, or how many distinct rows of positive weight there are when that is fewer than k; null when
 * `isStopped` said so, asked every few thousand rows.
 */
export function seedCentres(
  rows: Rows,
  k: number,
  rule: SeedingRule,
  random: Random,
  isStopped: () => boolean,
): Result<Float64Array, FitFailure> | null {
  const { n, d } = rows;
  const centres = new Float64Array(k * d);
  const weight = rows.weight ?? new Float64Array(n).fill(1);
  let nearest = new Float64Array(n).fill(Infinity);
  let candidate = new Float64Array(n);
  let bestCandidate = new Float64Array(n);
  const trials = rule === 'uniform' ? 1 : 2 + Math.floor(Math.log(k));

  for (let chosen = 0; chosen < k; chosen++) {
    // The first centre has no distances to go by: all rows are alike.
    const mass = chosen === 0 ? weight : drawingMass(nearest, weight, rule);
    const all = sum(mass);
    if (!(all > 0)) return failed({ kind: 'tooFewDistinctRows', distinct: chosen, components: k });
    let best = Infinity;
    let bestRow = -1;
    for (let trial = 0; trial < (chosen === 0 ? 1 : trials); trial++) {
      const row = draw(mass, random.uniform() * all);
      const cost = distancesWith(rows, row, nearest, weight, candidate, isStopped);
      if (cost === null) return null;
      if (cost < best) {
        best = cost;
        bestRow = row;
        [candidate, bestCandidate] = [bestCandidate, candidate];
      }
    }
    [nearest, bestCandidate] = [bestCandidate, nearest];
    centres.set(rows.x.subarray(bestRow * d, (bestRow + 1) * d), chosen * d);
  }
  return ok(centres);
}

/** The weight with which each row is drawn; rows that equal a centre have none. */
function drawingMass(nearest: Float64Array, weight: Float64Array, rule: SeedingRule): Float64Array {
  return nearest.map((distance, i) => (distance > 0 ? weight[i] * (rule === 'distance' ? distance : 1) : 0));
}

function sum(values: Float64Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i];
  return total;
}

/** The row at which the running sum of `mass` passes `target`. */
function draw(mass: Float64Array, target: number): number {
  let running = 0;
  let last = 0;
  for (let i = 0; i < mass.length; i++) {
    if (mass[i] === 0) continue;
    running += mass[i];
    last = i;
    if (running > target) break;
  }
  return last;
}

/**
 * Squared distances to the nearest centre if `row` became one, into `out`. Returns their weighted sum; null when
 * stopped.
 */
function distancesWith(
  { x, n, d }: Rows,
  row: number,
  nearest: Float64Array,
  weight: Float64Array,
  out: Float64Array,
  isStopped: () => boolean,
): number | null {
  const centre = x.slice(row * d, (row + 1) * d);
  let cost = 0;
  for (let from = 0; from < n; from += rowsBetweenChecks) {
    if (isStopped()) return null;
    const to = Math.min(n, from + rowsBetweenChecks);
    for (let i = from; i < to; i++) {
      let s = 0;
      for (let a = 0; a < d; a++) {
        const e = x[i * d + a] - centre[a];
        s += e * e;
      }
      const distance = s < nearest[i] ? s : nearest[i];
      out[i] = distance;
      cost += weight[i] * distance;
    }
  }
  return cost;
}
