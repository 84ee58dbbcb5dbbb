import { addressOf, bufferOf, type Arena } from '../memory';
import type { KernelExports, Moments, Step } from './exports';

const numberBytes = Float64Array.BYTES_PER_ELEMENT;

/** Rows of a tile, and bytes of one of its features; `source/tile.ts`. */
export const tileRows = 64;
export const tileBytes = tileRows * numberBytes;

/** Addresses are multiples of this: a cache line. */
const alignment = 64;

/** A part of a frame: numbers to copy in, or room for so many bytes. */
export type Piece = Float64Array | number;

/**
 * Lays out the arrays of one call in the arena, copies in those that are given, and returns the address of each.
 * They last until the next call.
 */
export function layOut(arena: Arena, pieces: readonly Piece[]): number[] {
  const offsets: number[] = [];
  let bytes = 0;
  for (const piece of pieces) {
    offsets.push(bytes);
    const size = typeof piece === 'number' ? piece : piece.byteLength;
    bytes += Math.ceil(size / alignment) * alignment;
  }
  const base = arena.reserve(bytes);
  const addresses = offsets.map((offset) => base + offset);
  pieces.forEach((piece, i) => {
    if (typeof piece !== 'number') numbersAt(arena, addresses[i], piece.length).set(piece);
  });
  return addresses;
}

/** The numbers that lie at an address. */
export function numbersAt(arena: Arena, address: number, length: number): Float64Array {
  return new Float64Array(bufferOf(arena.memory), address, length);
}

/** Rows of a call, wherever they lie. */
export interface CalledRows {
  readonly x: Float64Array;
  readonly from: number;
  readonly to: number;
  readonly d: number;
  readonly weight: Float64Array | null;
}

/** Where the rows of a call and their weights (0: none) lie. */
export interface RowAddresses {
  readonly x: number;
  readonly weight: number;
}

/**
 * Lays out the pieces of a call over rows; rows and weights that do not lie in the memory are copied in. Gives the
 * addresses of rows and weights, and of the pieces in their order.
 */
export function layOutRows(
  arena: Arena,
  { x, from, to, d, weight }: CalledRows,
  pieces: readonly Piece[],
): { rows: RowAddresses; addresses: number[] } {
  const rowsAt = addressOf(arena.memory, x);
  const weightAt = weight === null ? null : addressOf(arena.memory, weight);
  const [ownRows, ownWeight, ...addresses] = layOut(arena, [
    rowsAt === null ? x.subarray(from * d, to * d) : 0,
    weight !== null && weightAt === null ? weight.subarray(from, to) : 0,
    ...pieces,
  ]);
  const weights = weightAt === null ? ownWeight : weightAt + from * numberBytes;
  const rows = {
    x: rowsAt === null ? ownRows : rowsAt + from * d * numberBytes,
    weight: weight === null ? 0 : weights,
  };
  return { rows, addresses };
}

/** What a fused step reads besides rows, and the room it needs. */
export interface StepFrame {
  readonly k: number;
  readonly parameters: Float64Array;
  readonly scratchBytes: number;
  /** Numbers it gathers. */
  readonly sumLength: number;
}

/**
 * Runs a fused step over rows and returns its log-likelihood with the sums it gathered, a view that lasts until the
 * next call.
 */
export function runStep(
  arena: Arena,
  step: Step,
  called: CalledRows,
  { k, parameters, scratchBytes, sumLength }: StepFrame,
): { logLikelihood: number; sums: Float64Array } {
  const { rows, addresses } = layOutRows(arena, called, [parameters, scratchBytes, sumLength * numberBytes]);
  const [parametersAt, scratch, sumsAt] = addresses;
  const sums = numbersAt(arena, sumsAt, sumLength);
  sums.fill(0);
  const n = called.to - called.from;
  const logLikelihood = step(rows.x, n, called.d, rows.weight, k, parametersAt, scratch, sumsAt);
  return { logLikelihood, sums };
}

/** Rows whose densities are computed before they are copied out: they stay in the second cache. By eye. */
const copiedRows = 1024;

/** What a kernel of densities reads besides rows, and where it writes. */
export interface DensityFrame {
  readonly k: number;
  readonly parameters: Float64Array;
  /** n x k: log densities, or memberships. */
  readonly out: Float64Array;
  /** n, log densities of whole rows; null: they are not wanted, and `out` is log densities. */
  readonly logDensity: Float64Array | null;
}

/**
 * Runs a kernel that gives log densities of rows or, where the log densities of whole rows are wanted too,
 * memberships.
 */
export function runDensities(
  arena: Arena,
  exports: KernelExports,
  kernel: 'gaussianLogDensities' | 'diagonalLogDensities' | 'tiedPosteriors' | 'sphericalPosteriors',
  called: CalledRows,
  { k, parameters, out, logDensity }: DensityFrame,
): void {
  const { d, from, to } = called;
  const room = Math.min(copiedRows, to - from);
  const { rows, addresses } = layOutRows(arena, called, [
    parameters,
    exports.densityScratchBytes(d, k),
    room * k * numberBytes,
    (room + 1) * numberBytes,
  ]);
  const [parametersAt, scratch, outAt, logDensityAt] = addresses;
  for (let start = 0; start < to - from; start += room) {
    const n = Math.min(room, to - from - start);
    const x = rows.x + start * d * numberBytes;
    const densitiesAt = logDensity === null ? 0 : logDensityAt;
    exports[kernel](x, n, d, k, parametersAt, scratch, outAt, densitiesAt);
    out.set(numbersAt(arena, outAt, n * k), start * k);
    logDensity?.set(numbersAt(arena, logDensityAt, n), start);
  }
}

/** What a kernel of moments reads besides rows, and the room it needs. */
export interface MomentFrame {
  readonly k: number;
  /** n x k. */
  readonly membership: Float64Array;
  readonly centre: Float64Array;
  readonly scratchBytes: number;
  /** Numbers it gathers. */
  readonly sumLength: number;
}

/** Runs a kernel that adds moments about `centre`; returns its sums, a view that lasts until the next call. */
export function runMoments(
  arena: Arena,
  moments: Moments,
  called: CalledRows,
  { k, membership, centre, scratchBytes, sumLength }: MomentFrame,
): Float64Array {
  const { d } = called;
  const n = called.to - called.from;
  const { rows, addresses } = layOutRows(arena, called, [
    membership.subarray(0, n * k),
    centre,
    scratchBytes,
    sumLength * numberBytes,
  ]);
  const [membershipAt, centreAt, scratch, sumsAt] = addresses;
  const sums = numbersAt(arena, sumsAt, sumLength);
  sums.fill(0);
  moments(rows.x, n, d, k, membershipAt, centreAt, scratch, sumsAt);
  return sums;
}
