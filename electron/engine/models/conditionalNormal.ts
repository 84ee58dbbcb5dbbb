import { cholesky, logDeterminant } from '../numeric/linearAlgebra';

/** Which columns of a row are there. */
export interface Pattern {
  readonly observed: Int32Array;
  readonly missing: Int32Array;
  /** Per component, once they are known. */
  readonly given: (ConditionalNormal | undefined)[];
}

/** A component's normal distribution, split by a pattern with o observed and m missing columns. */
export interface ConditionalNormal {
  /** o x o, lower Cholesky factor of the covariance of the observed columns. */
  readonly factor: Float64Array;
  /** Log density of the observed cells at their mean. */
  readonly logScale: number;
  /** m x o, the regression of missing columns on observed ones. */
  readonly coefficient: Float64Array;
  /** m x m, the covariance of the missing columns given the observed ones; symmetric. */
  readonly covariance: Float64Array;
}

/** Numbers kept for patterns of one set of parameters, 32 MB. Beyond, they are made anew for each row. */
const mostKeptNumbers = 4_000_000;

/** Columns that one number names exactly, a bit each. */
const columnsInNumber = 52;

/** Finds the patterns of rows, and factors each with each component once; k covariances of d x d. */
export function createConditionals(
  covariance: Float64Array,
  k: number,
  d: number,
): {
  patternOf(x: Float64Array, row: number): Pattern;
  given(pattern: Pattern, component: number): ConditionalNormal;
} {
  const patterns = new Map<number | string, Pattern>();
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
    given: (pattern, j) => (pattern.given[j] ??= conditionalNormal(covariance, j, d, pattern)),
  };
}

/** Tells apart which of d cells from `at` on are missing. */
function nameOf(x: Float64Array, at: number, d: number): number | string {
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

/** Source: Bishop (2006), eq. 2.81 and 2.82. */
function conditionalNormal(
  covariance: Float64Array,
  j: number,
  d: number,
  { observed, missing }: Pattern,
): ConditionalNormal {
  const o = observed.length;
  const m = missing.length;
  const block = covariance.subarray(j * d * d, (j + 1) * d * d);
  const own = new Float64Array(o * o);
  for (let i = 0; i < o; i++)
    for (let q = 0; q < o; q++) own[i * o + q] = block[observed[i] * d + observed[q]];
  const factor = new Float64Array(o * o);
  if (cholesky(own, 0, o, null, factor) !== -1)
    throw new Error(`the observed part of covariance ${j} is not positive definite`);
  const coefficient = new Float64Array(m * o);
  const left = new Float64Array(m * m);
  const half = new Float64Array(m * o);
  for (let p = 0; p < m; p++) {
    for (let i = 0; i < o; i++) {
      let s = block[missing[p] * d + observed[i]];
      for (let q = 0; q < i; q++) s -= factor[i * o + q] * half[p * o + q];
      half[p * o + i] = s / factor[i * o + i];
    }
    for (let i = o - 1; i >= 0; i--) {
      let s = half[p * o + i];
      for (let q = i + 1; q < o; q++) s -= factor[q * o + i] * coefficient[p * o + q];
      coefficient[p * o + i] = s / factor[i * o + i];
    }
    for (let q = 0; q <= p; q++) {
      let s = block[missing[p] * d + missing[q]];
      for (let i = 0; i < o; i++) s -= half[p * o + i] * half[q * o + i];
      left[p * m + q] = left[q * m + p] = s;
    }
  }
  const logScale = -0.5 * (o * Math.log(2 * Math.PI) + logDeterminant(factor, 0, o));
  return { factor, logScale, coefficient, covariance: left };
}
