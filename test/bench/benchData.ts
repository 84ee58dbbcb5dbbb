import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createRandom, type Random } from '../../electron/engine/numeric/random';
import type { Rows } from './benchmarkSet';

/** A synthetic data set. Raw little-endian doubles, row-major, on disk; both sides read the same bytes. */
export interface BenchData {
  readonly name: string;
  readonly n: number;
  readonly d: number;
  readonly k: number;
  readonly seed: number;
  /** Some cells are NaN. Absent: none is. */
  readonly hasMissing?: true;
  make(random: Random): { x: Float64Array; centres: Float64Array };
}

/** Where the numbers of a data set lie under `folder`. */
function dataFiles(folder: string, name: string): { x: string; centres: string } {
  return { x: path.join(folder, `${name}.x.f64`), centres: path.join(folder, `${name}.centres.f64`) };
}

/** Makes the data set in `folder` unless it is there. */
export function ensureData(folder: string, { name, seed, make }: BenchData): void {
  const files = dataFiles(folder, name);
  if (existsSync(files.centres)) return;
  mkdirSync(folder, { recursive: true });
  const { x, centres } = make(createRandom(seed, 'bench', name));
  writeFileSync(files.x, new Uint8Array(x.buffer));
  // Last: it tells that all is there.
  writeFileSync(files.centres, new Uint8Array(centres.buffer));
}

/** Reads the rows of a data set into `into`, or into an array of their own. */
export function readData(
  folder: string,
  { name, n, d, k }: BenchData,
  into: Float64Array = new Float64Array(n * d),
): Rows {
  const files = dataFiles(folder, name);
  new Uint8Array(into.buffer, into.byteOffset, into.byteLength).set(readFileSync(files.x));
  const centres = new Float64Array(new Uint8Array(readFileSync(files.centres)).buffer);
  return { x: into, n, d, centres, k };
}

export interface Blobs {
  readonly name: string;
  readonly n: number;
  readonly d: number;
  /** Groups in the data, and those that are sought. */
  readonly groups: number;
  readonly k: number;
  readonly seed: number;
  readonly spread: number;
  /** Each group has a covariance of its own, not the identity. */
  readonly isSheared: boolean;
}

/**
 * Overlapping groups of different sizes about centres in [-10, 10]^d, so that iterations still move after the fixed
 * number of them. The start is k rows.
 */
export function blobs({ name, n, d, groups, k, seed, spread, isSheared }: Blobs): BenchData {
  return {
    name,
    n,
    d,
    k,
    seed,
    make(random) {
      const centre = Float64Array.from({ length: groups * d }, () => 20 * random.uniform() - 10);
      const shares = groupShares(groups, random);
      const shear = Array.from({ length: groups }, () =>
        Float64Array.from(
          { length: d * d },
          (_, i) => spread * ((isSheared ? random.normal() / Math.sqrt(d) : 0) + diagonal(i, d, isSheared)),
        ),
      );
      const x = new Float64Array(n * d);
      const z = new Float64Array(d);
      for (let i = 0; i < n; i++) {
        const group = draw(shares, random.uniform());
        for (let a = 0; a < d; a++) z[a] = random.normal();
        for (let a = 0; a < d; a++) {
          let value = centre[group * d + a];
          if (isSheared) for (let b = 0; b < d; b++) value += shear[group][a * d + b] * z[b];
          else value += spread * z[a];
          x[i * d + a] = value;
        }
      }
      return { x, centres: someRows(x, n, d, k, random) };
    },
  };
}

const diagonal = (i: number, d: number, isSheared: boolean): number =>
  i % (d + 1) === 0 ? (isSheared ? 0.5 : 1) : 0;

/** Shares of groups, cumulated: a Dirichlet of concentration 4, by gamma variables that are sums of exponentials. */
function groupShares(groups: number, random: Random): number[] {
  const gamma = Array.from({ length: groups }, () =>
    [0, 0, 0, 0].reduce((sum) => sum - Math.log(1 - random.uniform()), 0),
  );
  const total = gamma.reduce((sum, value) => sum + value, 0);
  let below = 0;
  return gamma.map((value) => (below += value / total));
}

/** The group whose share of [0, 1) holds `uniform`. */
export function draw(shares: readonly number[], uniform: number): number {
  const group = shares.findIndex((share) => uniform < share);
  return group === -1 ? shares.length - 1 : group;
}

/** k different rows. */
export function someRows(x: Float64Array, n: number, d: number, k: number, random: Random): Float64Array {
  const chosen = new Set<number>();
  while (chosen.size < k) chosen.add(random.integer(n));
  const rows = new Float64Array(k * d);
  [...chosen].forEach((row, j) => rows.set(x.subarray(row * d, (row + 1) * d), j * d));
  return rows;
}
