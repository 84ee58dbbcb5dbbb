/** Memberships of some rows, rows x K, or the component each of them belongs to whole, -1: to none. */
export type GivenMemberships = Float64Array | Int32Array;

/** What component j of k has of row i. */
export function givenShare(given: GivenMemberships, i: number, j: number, k: number): number {
  if (given instanceof Int32Array) return given[i] === j ? 1 : 0;
  return given[i * k + j];
}
