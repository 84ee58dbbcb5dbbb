import { failed } from '../../../shared/result';
import type { LatentModel, Rows } from '../model';
import { fromMemberships, type Started } from './membershipStart';

/** How far given shares may be from a sum of one, to allow for decimals cut off in a file. */
const shareTolerance = 1e-6;

const never = (): null => null;

/** Refuses a given start; `problem` says why, as part of a sentence. */
export const badStart = (problem: string): Started => failed({ kind: 'badStart', problem });

/** M-step of given labels: one for each row, from 0 to K - 1. */
export function fromLabels(model: LatentModel, rows: Rows, labels: ArrayLike<number>): Started {
  const k = model.components;
  if (labels.length !== rows.n) return badStart(`there are ${labels.length} labels for ${rows.n} rows`);
  const whole = new Int32Array(rows.n);
  for (let i = 0; i < rows.n; i++) {
    const label = labels[i];
    whole[i] = label;
    if (!(whole[i] === label && label >= 0 && label < k))
      return badStart(`label ${label} of row ${i} is not a whole number from 0 to ${k - 1}`);
  }
  return fromMemberships(model, rows, never, whole);
}

/** M-step of given memberships: n lists of K shares. */
export function fromResponsibilities(
  model: LatentModel,
  rows: Rows,
  responsibilities: readonly (readonly number[])[],
): Started {
  const k = model.components;
  const given = matrixOf(responsibilities, rows.n, k);
  if (given === null) return badStart(`responsibilities must be ${rows.n} lists of ${k} numbers`);
  for (let i = 0; i < rows.n; i++) {
    const shares = given.subarray(i * k, (i + 1) * k);
    if (!areShares(shares))
      return badStart(`the responsibilities of row ${i} are not shares that sum to one`);
  }
  return fromMemberships(model, rows, never, (from, to, out) => out.set(given.subarray(from * k, to * k)));
}

/** `rows` lists of `columns` finite numbers as one flat array; null when they are anything else. */
export function matrixOf(
  lists: readonly (readonly number[])[],
  rows: number,
  columns: number,
): Float64Array | null {
  const right =
    lists.length === rows && lists.every((list) => list.length === columns && list.every(Number.isFinite));
  return right ? Float64Array.from(lists.flat()) : null;
}

/** Whether numbers are shares of a whole: none below zero, a sum of one but for decimals cut off. */
export function areShares(shares: Float64Array): boolean {
  const total = shares.reduce((sum, value) => sum + value, 0);
  return shares.every((share) => share >= 0) && Math.abs(total - 1) <= shareTolerance;
}
