import { addressOf, bufferOf, type Arena } from '../memory';
import type { CategoryGrouping } from './categoryGrouping';
import { distinctRows, type DistinctRows } from './distinctRows';
import type { KernelExports } from './exports';
import { layOut, numbersAt, type Piece } from './frame';

const numberBytes = Float64Array.BYTES_PER_ELEMENT;

/** Bytes of the entries of n rows. */
export const entriesBytes = ({ groups }: CategoryGrouping, n: number): number =>
  n * groups * Uint16Array.BYTES_PER_ELEMENT;

/** Entries that lie at an address. */
export const entriesAt = (arena: Arena, address: number, length: number): Uint16Array =>
  new Uint16Array(bufferOf(arena.memory), address, length);

/** What `encode` needs room for. */
export const encodingPieces = ({ ends, starts, strides, lasts }: CategoryGrouping): Piece[] => [
  ends.byteLength,
  ...[starts, strides, lasts],
];

/** Makes the entries of n rows at `x`. `addresses`: where the encoding's pieces lie. */
export function encode(
  exports: KernelExports,
  arena: Arena,
  { groups, ends, areFlags }: CategoryGrouping,
  x: number,
  n: number,
  [endsAt, startsAt, stridesAt, lastsAt]: readonly number[],
  entries: number,
): void {
  new Uint32Array(bufferOf(arena.memory), endsAt, ends.length).set(ends);
  if (areFlags) exports.encodeFlags(x, n, groups, endsAt, entries);
  else exports.encodeRows(x, n, groups, endsAt, startsAt, stridesAt, lastsAt, entries);
}

/** Where entries of all rows of an array lie, and how to make them. */
interface Place {
  readonly rows: Float64Array;
  readonly grouping: CategoryGrouping;
  readonly encoding: readonly number[];
  /** Room for a copy of the rows, if they do not lie in the memory. */
  readonly copy: number;
  readonly entries: number;
  /** Rows of calls, by where these begin. */
  readonly calls: Map<number, CalledEntries>;
}

/** Entries of the rows of a call. */
export interface CalledEntries {
  readonly address: number;
  /** Where its rows end. */
  readonly to: number;
  /** Rows that differ, if they are few: sums over them are sums over all. */
  readonly distinct: DistinctRows | null;
}

/** Entries of the array of rows that was last called, kept from call to call; its rows must not change. */
export class KeptEntries {
  private place: Place | null = null;

  constructor(
    private readonly exports: KernelExports,
    private readonly arena: Arena,
  ) {}

  /** Those of rows [from, to). */
  of(x: Float64Array, from: number, to: number, grouping: CategoryGrouping): CalledEntries {
    if (this.place?.rows !== x || this.place.grouping !== grouping) this.place = this.placeFor(x, grouping);
    const { calls, entries, encoding, copy } = this.place;
    const known = calls.get(from);
    if (known?.to === to) return known;
    const address = entries + entriesBytes(grouping, from);
    const { memory } = this.arena;
    const offset = from * grouping.features;
    const rowsAt = (addressOf(memory, x) ?? copy) + offset * numberBytes;
    if (addressOf(memory, x) === null) {
      const rows = x.subarray(offset, to * grouping.features);
      numbersAt(this.arena, rowsAt, rows.length).set(rows);
    }
    encode(this.exports, this.arena, grouping, rowsAt, to - from, encoding, address);
    const { groups, entries: size } = grouping;
    const made = entriesAt(this.arena, address, (to - from) * groups);
    const called = { address, to, distinct: distinctRows(made, to - from, groups, size) };
    calls.set(from, called);
    return called;
  }

  private placeFor(rows: Float64Array, grouping: CategoryGrouping): Place {
    const encoding = encodingPieces(grouping);
    const [entries, copy, ...addresses] = layOut(this.arena.beside, [
      entriesBytes(grouping, rows.length / grouping.features),
      addressOf(this.arena.memory, rows) === null ? rows.byteLength : 0,
      ...encoding,
    ]);
    return { rows, grouping, encoding: addresses, copy, entries, calls: new Map() };
  }
}
