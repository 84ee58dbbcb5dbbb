import { addressOf, bufferOf, type Arena } from '../memory';
import type { CategoryGrouping } from './categoryGrouping';
import type { KernelExports } from './exports';
import { layOut, numbersAt, type Piece } from './frame';

const numberBytes = Float64Array.BYTES_PER_ELEMENT;

/** Bytes of the entries of n rows. */
export const entriesBytes = ({ groups }: CategoryGrouping, n: number): number =>
  n * groups * Uint16Array.BYTES_PER_ELEMENT;

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
  /** Ends of calls whose entries are made, by where these begin. */
  readonly ends: Map<number, number>;
}

/** Entries of the array of rows that was last called, kept from call to call; its rows must not change. */
export class KeptEntries {
  private place: Place | null = null;

  constructor(
    private readonly exports: KernelExports,
    private readonly arena: Arena,
  ) {}

  /** The address of the entries of rows [from, to). */
  of(x: Float64Array, from: number, to: number, grouping: CategoryGrouping): number {
    if (this.place?.rows !== x || this.place.grouping !== grouping) this.place = this.placeFor(x, grouping);
    const { ends, entries, encoding, copy } = this.place;
    const own = entries + entriesBytes(grouping, from);
    if ((ends.get(from) ?? from) >= to) return own;
    const { memory } = this.arena;
    const offset = from * grouping.features;
    const rowsAt = (addressOf(memory, x) ?? copy) + offset * numberBytes;
    if (addressOf(memory, x) === null) {
      const rows = x.subarray(offset, to * grouping.features);
      numbersAt(this.arena, rowsAt, rows.length).set(rows);
    }
    encode(this.exports, this.arena, grouping, rowsAt, to - from, encoding, own);
    ends.set(from, to);
    return own;
  }

  private placeFor(rows: Float64Array, grouping: CategoryGrouping): Place {
    const encoding = encodingPieces(grouping);
    const [entries, copy, ...addresses] = layOut(this.arena.beside, [
      entriesBytes(grouping, rows.length / grouping.features),
      addressOf(this.arena.memory, rows) === null ? rows.byteLength : 0,
      ...encoding,
    ]);
    return { rows, grouping, encoding: addresses, copy, entries, ends: new Map() };
  }
}
