import type { FitFailure } from '../../../shared/fitFailure';
import { failed, ok, type Result } from '../../../shared/result';
import type { Rows } from '../model';
import type { Random } from '../numeric/random';
import { plainSeeding } from './plainSeeding';

/** `distance`: k-means++, rows far from all centres are likelier; `uniform`: all rows are alike. */
export type SeedingRule = 'distance' | 'uniform';

/**
 * The passes over rows of a seeding. Implementations choose the same rows to the last bit: what they return is summed
 * row by row in double precision, chunk by chunk.
 */
export interface SeedingPasses {
  /** Rows of a chunk, the last may be shorter. */
  readonly chunkRows: number;
  /** Forgets all centres. Returns the mass with which rows are drawn, by chunk; null when stopped. */
  begin(rule: SeedingRule): Float64Array | null;
  /** The mass of one row. */
  massOf(row: number): number;
  /** A row as a centre: d numbers, no NaN. */
  centreAt(row: number): Float64Array;
  /**
   * Which of the candidates would leave the least weighted sum of squared distances to the nearest centre, the first
   * of equals; null when stopped.
   */
  best(candidates: readonly Float64Array[]): number | null;
  /** Makes it a centre. Returns the masses now, by chunk; null when stopped. */
  accept(centre: Float64Array): Float64Array | null;
}

/**
 * Chooses k different rows as centres, one after the other, never one that equals a centre chosen before.
 *
 * `distance` is greedy k-means++ (Arthur and Vassilvitskii, 2007, section 2.2; trials as in their footnote and
 * scikit-learn: 2 + floor(log k) candidates, drawn by weight times squared distance to the nearest centre, of
 * which the one that lowers the sum of those most is kept). `uniform` draws by weight alone.
 *
 * With missing cells, distances are over the observed cells of a row, a centre's missing cells are the means of their
 * columns, and rows that are missing altogether are never drawn.
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
  passes: SeedingPasses = plainSeeding(rows, k, isStopped),
): Result<Float64Array, FitFailure> | null {
  const { d } = rows;
  const centres = new Float64Array(k * d);
  const trials = rule === 'uniform' ? 1 : 2 + Math.floor(Math.log(k));
  let masses = passes.begin(rule);
  for (let chosen = 0; chosen < k; chosen++) {
    if (masses === null) return null;
    const all = masses.reduce((sum, mass) => sum + mass, 0);
    if (!(all > 0)) return failed({ kind: 'tooFewDistinctRows', distinct: chosen, components: k });
    const candidates: Float64Array[] = [];
    // The first centre has no distances to go by.
    for (let trial = 0; trial < (chosen === 0 ? 1 : trials); trial++)
      candidates.push(passes.centreAt(draw(masses, passes, rows.n, random.uniform() * all)));
    const best = candidates.length === 1 ? 0 : passes.best(candidates);
    if (best === null) return null;
    centres.set(candidates[best], chosen * d);
    // Masses after the last centre are not asked for, but the pass is stopped like the others.
    masses = chosen + 1 < k ? passes.accept(candidates[best]) : masses;
  }
  return isStopped() ? null : ok(centres);
}

/** The row at which the running sum of masses passes `target`: first of the chunks, then of the rows in one. */
function draw(masses: Float64Array, passes: SeedingPasses, n: number, target: number): number {
  let before = 0;
  let chunk = -1;
  let running = 0;
  for (let at = 0; at < masses.length; at++) {
    if (masses[at] === 0) continue;
    before = running;
    running += masses[at];
    chunk = at;
    if (running > target) break;
  }
  const from = chunk * passes.chunkRows;
  let last = from;
  for (let row = from; row < Math.min(n, from + passes.chunkRows); row++) {
    const mass = passes.massOf(row);
    if (mass === 0) continue;
    before += mass;
    last = row;
    if (before > target) break;
  }
  return last;
}
