import type { Params } from '../model';
import type { CovarianceRule } from './covarianceRule';
import { createConditionals, type Pattern } from './conditionalNormal';

/** Densities and statistics of rows that are not complete, at given parameters. */
export interface IncompleteRows {
  /** log p(observed cells of the row | component), 0 where there are none. */
  logDensity(x: Float64Array, row: number, component: number): number;
  /** Adds `share` of a row: what is missing by its expectation given what is observed, with its covariance. */
  add(x: Float64Array, row: number, component: number, share: number, stats: GaussianStats): void;
  /** Mean and variance of a missing cell given the observed cells and the component. */
  conditional(
    x: Float64Array,
    row: number,
    column: number,
    component: number,
  ): { mean: number; variance: number };
}

export interface GaussianStats {
  readonly sum: Float64Array;
  readonly moment: Float64Array;
  readonly unseen: Float64Array;
}

export const isIncomplete = (x: Float64Array, row: number, d: number): boolean => {
  for (let a = 0; a < d; a++) if (Number.isNaN(x[row * d + a])) return true;
  return false;
};

/**
 * The likelihood of a row is that of its observed cells; its statistics are expected ones, so that the M-step need not
 * know: a missing cell stands at its conditional mean, and its conditional covariance is added to the products.
 *
 * Source: Ghahramani and Jordan (1994), section 3.1; Little and Rubin (2002), section 11.2.1.
 */
export function incompleteRows(params: Params, rule: CovarianceRule, k: number, d: number): IncompleteRows {
  return rule.kind === 'diagonal' ? alongFeatures(params, d) : withProducts(params, k, d);
}

/** Features are independent given the component, so a missing one is expected at its mean. */
function alongFeatures({ mean, covariance }: Params, d: number): IncompleteRows {
  const varianceOf = (j: number, a: number): number => covariance[(j * d + a) * d + a];
  return {
    logDensity(x, row, j) {
      let sum = 0;
      for (let a = 0; a < d; a++) {
        const difference = x[row * d + a] - mean[j * d + a];
        if (Number.isNaN(difference)) continue;
        const variance = varianceOf(j, a);
        sum -= 0.5 * (Math.log(2 * Math.PI * variance) + (difference * difference) / variance);
      }
      return sum;
    },
    add(x, row, j, share, { sum, moment }) {
      for (let a = 0; a < d; a++) {
        const at = j * d + a;
        const difference = x[row * d + a] - mean[at];
        if (Number.isNaN(difference)) {
          moment[at] += share * varianceOf(j, a);
        } else {
          sum[at] += share * difference;
          moment[at] += share * difference * difference;
        }
      }
    },
    conditional: (_x, _row, a, j) => ({ mean: mean[j * d + a], variance: varianceOf(j, a) }),
  };
}

function withProducts({ mean, covariance }: Params, k: number, d: number): IncompleteRows {
  const { patternOf, given } = createConditionals(covariance, k, d);
  const difference = new Float64Array(d);
  const solved = new Float64Array(d);

  /** The row's differences from the mean, missing ones by regression on the others: B e_o. */
  function fill(
    x: Float64Array,
    row: number,
    j: number,
    { observed, missing }: Pattern,
    b: Float64Array,
  ): void {
    for (const a of observed) difference[a] = x[row * d + a] - mean[j * d + a];
    const width = observed.length;
    for (const [m, a] of missing.entries()) {
      let s = 0;
      for (let o = 0; o < width; o++) s += b[m * width + o] * difference[observed[o]];
      difference[a] = s;
    }
  }

  return {
    logDensity(x, row, j) {
      const pattern = patternOf(x, row);
      const { factor, logScale } = given(pattern, j);
      const { observed } = pattern;
      const width = observed.length;
      let distance = 0;
      for (let o = 0; o < width; o++) {
        let s = x[row * d + observed[o]] - mean[j * d + observed[o]];
        for (let p = 0; p < o; p++) s -= factor[o * width + p] * solved[p];
        solved[o] = s / factor[o * width + o];
        distance += solved[o] * solved[o];
      }
      return logScale - 0.5 * distance;
    },
    add(x, row, j, share, { sum, moment }) {
      const pattern = patternOf(x, row);
      const { coefficient, covariance: left } = given(pattern, j);
      fill(x, row, j, pattern, coefficient);
      for (let a = 0; a < d; a++) {
        const weighted = share * difference[a];
        sum[j * d + a] += weighted;
        for (let b = 0; b <= a; b++) moment[(j * d + a) * d + b] += weighted * difference[b];
      }
      const { missing } = pattern;
      for (let p = 0; p < missing.length; p++)
        for (let q = 0; q <= p; q++)
          moment[(j * d + missing[p]) * d + missing[q]] += share * left[p * missing.length + q];
    },
    conditional(x, row, column, j) {
      const pattern = patternOf(x, row);
      const { coefficient, covariance: left } = given(pattern, j);
      fill(x, row, j, pattern, coefficient);
      const m = pattern.missing.indexOf(column);
      return {
        mean: mean[j * d + column] + difference[column],
        variance: left[m * (pattern.missing.length + 1)],
      };
    },
  };
}

/**
 * Where only means are known, as in the first step of a start: a missing cell stands at the mean and is counted in
 * `unseen`, so that the M-step can divide by what was seen.
 */
export function incompleteRowsAtMeans(
  { mean }: Params,
  kind: CovarianceRule['kind'],
  d: number,
): Pick<IncompleteRows, 'add'> {
  const difference = new Float64Array(d);
  return {
    add(x, row, j, share, { sum, moment, unseen }) {
      for (let a = 0; a < d; a++) {
        const at = j * d + a;
        const value = x[row * d + a] - mean[at];
        difference[a] = Number.isNaN(value) ? 0 : value;
        if (Number.isNaN(value)) unseen[at] += share;
        sum[at] += share * difference[a];
        if (kind === 'diagonal') moment[at] += share * difference[a] ** 2;
        else for (let b = 0; b <= a; b++) moment[at * d + b] += share * difference[a] * difference[b];
      }
    },
  };
}
