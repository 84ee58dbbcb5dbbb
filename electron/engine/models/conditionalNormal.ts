import { cholesky, logDeterminant } from '../numeric/linearAlgebra';

/** Which columns of a row are there. */
export interface Pattern {
  readonly observed: readonly number[];
  readonly missing: readonly number[];
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

/** Columns in one character of a pattern's name. */
const columnsInCharacter = 16;

/** Finds the patterns of rows, and factors each with each component once; k covariances of d x d. */
export function createConditionals(
  covariance: Float64Array,
  k: number,
  d: number,
): {
  patternOf(x: Float64Array, row: number): Pattern;
  given(pattern: Pattern, component: number): ConditionalNormal;
} {
  const patterns = new Map<string, Pattern>();
  let keptNumbers = 0;
  return {
    patternOf(x, row) {
      let name = '';
      for (let start = 0; start < d; start += columnsInCharacter) {
        let bits = 0;
        for (let a = start; a < Math.min(d, start + columnsInCharacter); a++)
          bits = 2 * bits + (Number.isNaN(x[row * d + a]) ? 1 : 0);
        name += String.fromCharCode(bits);
      }
      const known = patterns.get(name);
      if (known) return known;
      const columns = Array.from({ length: d }, (_, a) => a);
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

/** Source: Bishop (2006), eq. 2.81 and 2.82. */
function conditionalNormal(
  covariance: Float64Array,
  j: number,
  d: number,
  { observed, missing }: Pattern,
): ConditionalNormal {
  const o = observed.length;
  const m = missing.length;
  const at = (a: number, b: number): number => covariance[(j * d + a) * d + b];
  const own = Float64Array.from({ length: o * o }, (_, i) =>
    at(observed[Math.floor(i / o)], observed[i % o]),
  );
  const factor = new Float64Array(o * o);
  if (cholesky(own, 0, o, null, factor) !== -1)
    throw new Error(`the observed part of covariance ${j} is not positive definite`);
  const coefficient = new Float64Array(m * o);
  const left = new Float64Array(m * m);
  const half = new Float64Array(m * o);
  for (let p = 0; p < m; p++) {
    for (let i = 0; i < o; i++) {
      let s = at(missing[p], observed[i]);
      for (let q = 0; q < i; q++) s -= factor[i * o + q] * half[p * o + q];
      half[p * o + i] = s / factor[i * o + i];
    }
    for (let i = o - 1; i >= 0; i--) {
      let s = half[p * o + i];
      for (let q = i + 1; q < o; q++) s -= factor[q * o + i] * coefficient[p * o + q];
      coefficient[p * o + i] = s / factor[i * o + i];
    }
    for (let q = 0; q <= p; q++) {
      let s = at(missing[p], missing[q]);
      for (let i = 0; i < o; i++) s -= half[p * o + i] * half[q * o + i];
      left[p * m + q] = left[q * m + p] = s;
    }
  }
  const logScale = -0.5 * (o * Math.log(2 * Math.PI) + logDeterminant(factor, 0, o));
  return { factor, logScale, coefficient, covariance: left };
}
