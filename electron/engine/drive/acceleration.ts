import type { Likelihood, Params } from '../model';

/** Jumps ahead of plain EM steps. The loop measures each jump and takes it only where it is no worse. */
export interface Accelerator {
  /** Told of every EM step, by the parameters before and after; null: go on from the latter. */
  propose(from: Params, to: Params): Params | null;
  /** Whether the last proposal was taken. */
  judge(accepted: boolean): void;
}

/** The longest step grows by this factor each time it was taken in full, and shrinks when it was refused. By its authors. */
const growth = 4;

/**
 * SQUAREM: two EM steps from a point tell how fast the slowest direction converges, and the third goes along it to where
 * it would end. The EM step after it (stabilising) brings parameters back to their structure.
 *
 * With r = t1 - t0 and v = (t2 - t1) - r, in parameters without constraints: t' = t0 - 2 a r + a^2 v, a = -|r| / |v|
 * (Varadhan and Roland, 2008, eq. 6 and scheme S3).
 */
export function squarem(likelihood: Likelihood): Accelerator {
  /** The first of two steps, or null when the next step is not to be used: it only stabilises. */
  let first: { from: Float64Array; to: Params } | null = null;
  let longest = 1;
  let isStabilising = false;
  let tried = 1;
  return {
    propose(from, to) {
      if (isStabilising) {
        isStabilising = false;
        return null;
      }
      if (first === null || first.to !== from) {
        first = { from: likelihood.toFree(from), to };
        return null;
      }
      const start = first.from;
      first = null;
      const middle = likelihood.toFree(from);
      const end = likelihood.toFree(to);
      let r2 = 0;
      let v2 = 0;
      for (let i = 0; i < start.length; i++) {
        const r = middle[i] - start[i];
        const v = end[i] - middle[i] - r;
        r2 += r * r;
        v2 += v * v;
      }
      const length = Math.sqrt(r2 / v2);
      if (!(length > 1)) return null;
      tried = Math.min(length, longest);
      if (tried <= 1) {
        longest *= growth;
        return null;
      }
      const jump = start.map((value, i) => {
        const r = middle[i] - value;
        return value + 2 * tried * r + tried * tried * (end[i] - middle[i] - r);
      });
      return likelihood.fromFree(jump, to);
    },
    judge(accepted) {
      if (accepted) {
        isStabilising = true;
        if (tried === longest) longest *= growth;
      } else longest = Math.max(1, longest / growth);
    },
  };
}
