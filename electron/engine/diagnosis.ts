import type { Finding } from '../../shared/finding';
import type { ModelSpecification } from '../../shared/model';
import { featuresByKind } from '../../shared/features';
import type { FeatureSpace } from './featureSpace';
import { covarianceRules } from './models/covarianceStructures';
import type { Rows } from './rows';

/** What the rows are, in words a person knows. */
export interface Diagnosed {
  readonly rows: Rows;
  readonly space: FeatureSpace;
  /** Of each feature. */
  readonly names: readonly string[];
  /** Mean and standard deviation of each feature in units of the file; NaN where it is no number. */
  readonly overall: { readonly mean: Float64Array; readonly sd: Float64Array };
  /** Whether features were put on one scale. */
  readonly isScaled: boolean;
}

/** Rows looked at for equal and dependent columns, evenly spread: more would not change what is found. By taste. */
const mostRows = 20_000;
/** Above this many number columns dependence is not looked for: it takes their cube. By taste. */
const mostColumns = 300;
/** A variance given the other columns below this share of itself: the singularity check of a fit draws the line there. */
const collinearShare = 1e-10;
/** Correlations of equal columns differ from one by rounding alone. */
const equalShare = 1e-12;
/** Spreads further apart than this leave the narrower column without a say. */
const mostRatio = 1e6;
/** A column this many of its standard deviations from zero has lost three quarters of its digits in the file. */
const mostOffset = 1e12;

/** What speaks against a fit of `model` on these rows, or makes it doubtful: each finding with the columns it is in. */
export function diagnose(data: Diagnosed, model: ModelSpecification): Finding[] {
  const constant = constantColumns(data);
  return [
    ...constant.findings,
    ...fewDistinctRows(data.rows, model.components),
    ...fewRowsPerCluster(data, model),
    ...(isEstimated(model) ? dependentColumns(data, constant.varying) : []),
    ...scales(data, constant.varying),
  ];
}

const isEstimated = (model: ModelSpecification): boolean =>
  'covariance' in model && model.covariance !== 'fixed' && covarianceRules[model.covariance].kind === 'full';

/** Columns that are empty or never differ, and the number columns that are neither. */
function constantColumns({ rows, space, names }: Diagnosed): { findings: Finding[]; varying: number[] } {
  const { x, n, d } = rows;
  const findings: Finding[] = [];
  const varying: number[] = [];
  for (const [a, { kind }] of space.entries()) {
    let first = NaN;
    let differs = false;
    for (let i = 0; i < n && !differs; i++) {
      const value = x[i * d + a];
      if (Number.isNaN(value)) continue;
      if (Number.isNaN(first)) first = value;
      differs = value !== first;
    }
    if (Number.isNaN(first)) findings.push({ kind: 'emptyColumn', column: names[a] });
    else if (!differs) findings.push({ kind: 'constantColumn', column: names[a] });
    else if (kind === 'number') varying.push(a);
  }
  return { findings, varying };
}

/** Counts distinct rows until there are enough of them. */
function fewDistinctRows({ x, n, d, weight }: Rows, components: number): Finding[] {
  const seen = new Set<string>();
  for (let i = 0; i < n && seen.size < components; i++)
    if (weight?.[i] !== 0) seen.add(x.subarray(i * d, (i + 1) * d).join(' '));
  return seen.size < components ? [{ kind: 'fewDistinctRows', distinct: seen.size, components }] : [];
}

/** A covariance of its own takes d + 1 rows of each cluster, a variance of its own two; a prior stands in for them. */
function fewRowsPerCluster({ rows, space }: Diagnosed, model: ModelSpecification): Finding[] {
  if (!('covariance' in model) || model.covariance === 'fixed' || model.prior.normal !== undefined) return [];
  const rule = covarianceRules[model.covariance];
  const d = featuresByKind(space).number.length;
  if (d === 0 || rule.shared) return [];
  const needed = rule.kind === 'full' ? d + 1 : 2;
  return rows.n < model.components * needed ? [{ kind: 'fewRowsPerCluster', rows: rows.n, needed }] : [];
}

/** Columns that are equal up to scale and offset, then columns that follow from the others together. */
function dependentColumns({ rows, names }: Diagnosed, varying: readonly number[]): Finding[] {
  if (varying.length < 2 || varying.length > mostColumns) return [];
  const correlation = correlations(rows, varying);
  if (correlation === null) return [];
  const d = varying.length;
  const kept: number[] = [];
  const equal = new Map<number, number[]>();
  for (let a = 0; a < d; a++) {
    const like = kept.find((b) => 1 - Math.abs(correlation[a * d + b]) < equalShare);
    if (like === undefined) kept.push(a);
    else equal.set(like, [...(equal.get(like) ?? [like]), a]);
  }
  return [
    ...[...equal.values()].map((group): Finding => {
      return { kind: 'duplicateColumns', columns: group.map((a) => names[varying[a]]) };
    }),
    ...followers(correlation, d, kept).map((a): Finding => {
      return { kind: 'collinearColumn', column: names[varying[a]] };
    }),
  ];
}

/** Correlations of columns over rows without a missing cell among them; null when there are too few such rows. */
function correlations({ x, n, d }: Rows, columns: readonly number[]): Float64Array | null {
  const width = columns.length;
  const step = Math.max(1, Math.floor(n / mostRows));
  const complete: number[] = [];
  for (let i = 0; i < n; i += step) if (columns.every((a) => !Number.isNaN(x[i * d + a]))) complete.push(i);
  if (complete.length <= width) return null;
  const centred = columns.map((a) => {
    const values = Float64Array.from(complete, (i) => x[i * d + a]);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return values.map((value) => value - mean);
  });
  const dot = (p: Float64Array, q: Float64Array): number =>
    p.reduce((sum, value, i) => sum + value * q[i], 0);
  const size = centred.map((values) => Math.sqrt(dot(values, values)));
  const correlation = new Float64Array(width * width);
  for (let a = 0; a < width; a++)
    for (let b = 0; b <= a; b++)
      correlation[a * width + b] = correlation[b * width + a] =
        a === b ? 1 : dot(centred[a], centred[b]) / (size[a] * size[b]);
  return correlation;
}

/**
 * Columns whose variance given the earlier ones (in the order a pivoted Cholesky factorisation takes them, the least
 * determined first) is nothing but rounding. Source: Higham (2002), section 10.3.
 */
function followers(correlation: Float64Array, d: number, columns: readonly number[]): number[] {
  const rest = correlation.slice();
  const open = new Set(columns);
  while (open.size > 0) {
    const pivot = [...open].reduce((best, a) => (rest[a * d + a] > rest[best * d + best] ? a : best));
    const variance = rest[pivot * d + pivot];
    if (!(variance > collinearShare)) return [...open];
    open.delete(pivot);
    for (const a of open)
      for (const b of open) rest[a * d + b] -= (rest[a * d + pivot] * rest[pivot * d + b]) / variance;
  }
  return [];
}

function scales({ names, overall, isScaled }: Diagnosed, varying: readonly number[]): Finding[] {
  const { mean, sd } = overall;
  const findings: Finding[] = varying
    .filter((a) => Math.abs(mean[a]) > mostOffset * sd[a])
    .map((a) => ({ kind: 'farFromZero', column: names[a] }));
  if (isScaled || varying.length < 2) return findings;
  const widest = varying.reduce((best, a) => (sd[a] > sd[best] ? a : best));
  const narrowest = varying.reduce((best, a) => (sd[a] < sd[best] ? a : best));
  const ratio = sd[widest] / sd[narrowest];
  if (ratio > mostRatio)
    findings.push({ kind: 'scalesApart', widest: names[widest], narrowest: names[narrowest], ratio });
  return findings;
}
