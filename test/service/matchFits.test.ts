import { expect, test } from 'vitest';
import type { Fit } from '../../electron/service/fits';
import { matchFits } from '../../electron/service/matchFits';

/** A fit of which only the clusters of rows matter; -1: the row took no part. */
function fitOf(labels: readonly number[], components: number, table = 'table-1'): Fit {
  const used = labels.filter((label) => label >= 0);
  let next = 0;
  const memberships = new Float64Array(used.length * components);
  used.forEach((label, at) => (memberships[at * components + label] = 1));
  return {
    summary: { table, specification: { model: { components } } },
    position: Int32Array.from(labels, (label) => (label < 0 ? -1 : next++)),
    memberships,
  } as unknown as Fit;
}

test('clusters are found again by their rows, whatever their numbers', () => {
  const earlier = fitOf([0, 0, 0, 1, 1, 2], 3);
  const later = fitOf([2, 2, 2, 0, 0, 1], 3);
  expect(Array.from(matchFits(earlier, later))).toEqual([1, 2, 0]);
});

test('rows that one of the fits left out do not count, and do not shift the others', () => {
  const earlier = fitOf([0, -1, 0, 1, 1], 2);
  const later = fitOf([1, 0, 1, 0, -1], 2);
  expect(Array.from(matchFits(earlier, later))).toEqual([1, 0]);
});

test('of a cluster split in two, the larger part goes on and the other is new', () => {
  const earlier = fitOf([0, 0, 0, 0, 0, 1, 1, 1], 2);
  const later = fitOf([0, 0, 0, 2, 2, 1, 1, 1], 3);
  expect(Array.from(matchFits(earlier, later))).toEqual([0, 1, -1]);
});

test('a cluster that shares less than half with what is left over is a new one', () => {
  const earlier = fitOf([0, 0, 0, 0, 0, 0, 1, 1, 1, 1], 2);
  const later = fitOf([0, 0, 0, 0, 1, 1, 0, 0, 0, 1], 2);
  expect(Array.from(matchFits(earlier, later))).toEqual([0, -1]);
});

test('clusters of another table are all new', () => {
  expect(Array.from(matchFits(fitOf([0, 1], 2), fitOf([0, 1], 2, 'table-2')))).toEqual([-1, -1]);
});
