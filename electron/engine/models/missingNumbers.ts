import type { Params } from '../model';
import type { CovarianceRule } from './covarianceRule';
import { createConditionals, type Pattern } from './conditionalNormal';

/** Densities and statistics of rows that are not complete, at given parameters. */
export interface IncompleteRows {
  /** Writes base_j + log p(observed cells of the row | j) for all K components at offset; without a cell, base_j. */
  logDensities(x: Float64Array, row: number, base: Float64Array, out: Float64Array, offset: number): void;
  /**
   * Adds a row by its memberships (K, row weight included): what is missing by its expectation given what is observed,
   * with its covariance.
   */
  add(x: Float64Array, row: number, shares: Float64Array, stats: GaussianStats): void;
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
  return rule.kind === 'diagonal' ? alongFeatures(params, k, d) : withProducts(params, k, d);
}

/** Features are independent given the component, so a missing one is expected at its mean. */
function alongFeatures({ mean, variance }: Params, k: number, d: number): IncompleteRows {
  const logScale = variance.map((value) => -0.5 * Math.log(2 * Math.PI * value));
  return {
    logDensities(x, row, base, out, offset) {
      for (let j = 0; j < k; j++) {
        let sum = base[j];
        for (let a = 0; a < d; a++) {
          const at = j * d + a;
          const difference = x[row * d + a] - mean[at];
          if (!Number.isNaN(difference)) sum += logScale[at] - (0.5 * difference * difference) / variance[at];
        }
        out[offset + j] = sum;
      }
    },
    add(x, row, shares, { sum, moment }) {
      for (let j = 0; j < k; j++) {
        const share = shares[j];
        if (share === 0) continue;
        for (let a = 0; a < d; a++) {
          const at = j * d + a;
          const difference = x[row * d + a] - mean[at];
          if (Number.isNaN(difference)) {
            moment[at] += share * variance[at];
          } else {
            sum[at] += share * difference;
            moment[at] += share * difference * difference;
          }
        }
      }
    },
    conditional: (_x, _row, a, j) => ({ mean: mean[j * d + a], variance: variance[j * d + a] }),
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
    const width = observed.length;
    for (let o = 0; o < width; o++)
      difference[observed[o]] = x[row * d + observed[o]] - mean[j * d + observed[o]];
    for (let m = 0; m < missing.length; m++) {
      let s = 0;
      for (let o = 0; o < width; o++) s += b[m * width + o] * difference[observed[o]];
      difference[missing[m]] = s;
    }
  }

  return {
    logDensities(x, row, base, out, offset) {
      const pattern = patternOf(x, row);
      const { observed } = pattern;
      const width = observed.length;
      for (let j = 0; j < k; j++) {
        const { factor, logScale } = given(pattern, j);
        let distance = 0;
        for (let o = 0; o < width; o++) {
          let s = x[row * d + observed[o]] - mean[j * d + observed[o]];
          for (let p = 0; p < o; p++) s -= factor[o * width + p] * solved[p];
          solved[o] = s / factor[o * width + o];
          distance += solved[o] * solved[o];
        }
        out[offset + j] = base[j] + logScale - 0.5 * distance;
      }
    },
    add(x, row, shares, { sum, moment }) {
      const pattern = patternOf(x, row);
      const { missing } = pattern;
      for (let j = 0; j < k; j++) {
        const share = shares[j];
        if (share === 0) continue;
        const { coefficient, covariance: left } = given(pattern, j);
        fill(x, row, j, pattern, coefficient);
        for (let a = 0; a < d; a++) {
          const weighted = share * difference[a];
          sum[j * d + a] += weighted;
          for (let b = 0; b <= a; b++) moment[(j * d + a) * d + b] += weighted * difference[b];
        }
        for (let p = 0; p < missing.length; p++)
          for (let q = 0; q <= p; q++)
            moment[(j * d + missing[p]) * d + missing[q]] += share * left[p * missing.length + q];
      }
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
  k: number,
  d: number,
): Pick<IncompleteRows, 'add'> {
  const difference = new Float64Array(d);
  return {
    add(x, row, shares, { sum, moment, unseen }) {
      for (let j = 0; j < k; j++) {
        const share = shares[j];
        if (share === 0) continue;
        for (let a = 0; a < d; a++) {
          const at = j * d + a;
          const value = x[row * d + a] - mean[at];
          difference[a] = Number.isNaN(value) ? 0 : value;
          if (Number.isNaN(value)) unseen[at] += share;
          sum[at] += share * difference[a];
          if (kind === 'diagonal') moment[at] += share * difference[a] ** 2;
          else for (let b = 0; b <= a; b++) moment[at * d + b] += share * difference[a] * difference[b];
        }
      }
    },
  };
}
