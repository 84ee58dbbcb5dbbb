import { precisionMatrix } from './triangularInverse';

/** Which columns of a row are there. */
export interface Pattern {
  readonly observed: Int32Array;
  readonly missing: Int32Array;
  /** Per component, once they are known. */
  readonly given: (ConditionalNormal | undefined)[];
}

/** A component's normal distribution, split by a pattern with o observed and m missing columns. */
export interface ConditionalNormal {
  /** m x o, the regression of missing columns on observed ones. */
  readonly coefficient: Float64Array;
  /** m x m, the covariance of the missing columns given the observed ones; symmetric. */
  readonly covariance: Float64Array;
  /**
   * What the log density of observed cells is more than that of the row completed by regression:
   * log((2 pi)^m |covariance|) / 2.
   */
  readonly logVolume: number;
}

/** Numbers kept for patterns of one set of parameters, 32 MB. Beyond, they are made anew for each row. */
const mostKeptNumbers = 4_000_000;

/** Columns that one number names exactly, a bit each. */
const columnsInNumber = 52;

/** Finds the patterns of rows, and splits each component by each once; k lower Cholesky factors of d x d. */
export function createConditionals(
  factor: Float64Array,
  k: number,
  d: number,
): {
  patternOf(x: Float64Array, row: number): Pattern;
  given(pattern: Pattern, component: number): ConditionalNormal;
} {
  const patterns = new Map<number | string, Pattern>();
  const precisions = new Array<Float64Array | undefined>(k);
  let keptNumbers = 0;
  return {
    patternOf(x, row) {
      const name = nameOf(x, row * d, d);
      const known = patterns.get(name);
      if (known) return known;
      const columns = Int32Array.from({ length: d }, (_, a) => a);
      const isMissing = (a: number): boolean => Number.isNaN(x[row * d + a]);
      const pattern: Pattern = {
        observed: columns.filter((a) => !isMissing(a)),
        missing: columns.filter(isMissing),
        given: new Array<undefined>(k),
      };
      if (keptNumbers < mostKeptNumbers) {
        patterns.set(name, pattern);
        keptNumbers += d * d * k;
      }
      return pattern;
    },
    given(pattern, j) {
      const precision = (precisions[j] ??= precisionMatrix(factor, j * d * d, d));
      return (pattern.given[j] ??= conditionalNormal(precision, d, pattern));
    },
  };
}

/** Tells apart which of d cells from `at` on are missing. */
export function nameOf(x: Float64Array, at: number, d: number): number | string {
  let name = '';
  for (let start = 0; ; start += columnsInNumber) {
    const end = Math.min(d, start + columnsInNumber);
    let bits = 0;
    for (let a = start; a < end; a++) bits = 2 * bits + (Number.isNaN(x[at + a]) ? 1 : 0);
    if (d <= columnsInNumber) return bits;
    name += `${bits} `;
    if (end === d) return name;
  }
}

/**
 * Sweeps the missing columns out of the precision matrix, which leaves their regression and covariance in their rows.
 *
 * Source: Bishop (2006), eq. 2.96 and 2.97; Goodnight (1979), "A tutorial on the SWEEP operator".
 */
function conditionalNormal(
  precision: Float64Array,
  d: number,
  { observed, missing }: Pattern,
): ConditionalNormal {
  const swept = precision.slice();
  let logDeterminant = 0;
  for (const column of missing) {
    const pivot = swept[column * d + column];
    if (!(pivot > 0)) throw new Error('a precision matrix is not positive definite');
    logDeterminant -= Math.log(pivot);
    sweep(swept, d, column);
  }
  const block = (columns: Int32Array): Float64Array =>
    Float64Array.from({ length: missing.length * columns.length }, (_, i) => {
      const row = missing[Math.floor(i / columns.length)];
      return -swept[row * d + columns[i % columns.length]];
    });
  return {
    coefficient: block(observed),
    covariance: block(missing),
    logVolume: 0.5 * (missing.length * Math.log(2 * Math.PI) + logDeterminant),
  };
}

/** Sweeps column p of a symmetric d x d matrix. */
function sweep(matrix: Float64Array, d: number, p: number): void {
  const pivot = matrix[p * d + p];
  for (let a = 0; a < d; a++) {
    if (a === p) continue;
    const scaled = matrix[a * d + p] / pivot;
    for (let b = 0; b < d; b++) if (b !== p) matrix[a * d + b] -= scaled * matrix[p * d + b];
  }
  for (let a = 0; a < d; a++) {
    if (a === p) continue;
    matrix[a * d + p] /= pivot;
    matrix[p * d + a] /= pivot;
  }
  matrix[p * d + p] = -1 / pivot;
}
