import type { FitFailure } from '../../../shared/fitFailure';
import { failed, ok, type Result } from '../../../shared/result';
import type { Rows } from '../model';
import type { Random } from '../numeric/random';
import { isInformative, type Dissimilarity } from './dissimilarity';
import type { SeedingRule } from './seeding';

/**
 * Greedy k-means++ (Arthur and Vassilvitskii, 2007, section 2.2; see `seeding.ts`) by any dissimilarity, for columns of
 * any kinds and rows with missing cells; `uniform` draws by weight alone. A component that has rows known to be its own
 * is given one of them; the others get rows whose component is not known.
 *
 * Returns the label of the nearest seed of each row, or how many rows that differ there are when those are fewer than
 * k; null when `isStopped` said so.
 */
export function seedLabels(
  rows: Rows,
  k: number,
  rule: SeedingRule,
  dissimilarity: Dissimilarity,
  random: Random,
  isStopped: () => boolean,
): Result<Int32Array, FitFailure> | null {
  const { n, label } = rows;
  const weight = Float64Array.from({ length: n }, (_, i) =>
    isInformative(rows, i) ? (rows.weight?.[i] ?? 1) : 0,
  );
  const known = new Set(label);
  const nearest = new Float64Array(n).fill(Infinity);
  const nearestSeed = new Int32Array(n);
  const candidate = new Float64Array(n);
  let best = new Float64Array(n);
  const own = (component: number): boolean => known.has(component);
  const order = [...Array(k).keys()].sort((a, b) => Number(own(b)) - Number(own(a)));

  for (const [chosen, component] of order.entries()) {
    const mass = weight.map((w, i) => {
      const mayServe = own(component) ? label?.[i] === component : (label?.[i] ?? -1) < 0;
      if (!mayServe || (nearest[i] === 0 && !own(component))) return 0;
      return rule === 'uniform' || chosen === 0 || own(component) ? w : w * nearest[i];
    });
    const all = mass.reduce((sum, value) => sum + value, 0);
    if (!(all > 0)) return failed({ kind: 'tooFewDistinctRows', distinct: chosen, components: k });
    const trials = rule === 'uniform' || chosen === 0 || own(component) ? 1 : 2 + Math.floor(Math.log(k));
    let least = Infinity;
    for (let trial = 0; trial < trials; trial++) {
      if (isStopped()) return null;
      const row = draw(mass, random.uniform() * all);
      let cost = 0;
      for (let i = 0; i < n; i++) {
        candidate[i] = Math.min(nearest[i], dissimilarity(i, rows.x, row * rows.d));
        cost += weight[i] * candidate[i];
      }
      if (cost < least) {
        least = cost;
        best = candidate.slice();
      }
    }
    for (let i = 0; i < n; i++) {
      if (best[i] >= nearest[i]) continue;
      nearest[i] = best[i];
      nearestSeed[i] = component;
    }
  }
  return ok(nearestSeed);
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
