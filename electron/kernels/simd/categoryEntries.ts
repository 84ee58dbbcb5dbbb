import { bufferOf, type Arena } from '../memory';
import type { CategoryGrouping } from './categoryGrouping';
import type { KernelExports } from './exports';
import type { CalledRows, Piece } from './frame';

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

/** Entries of the rows that were last called, kept from call to call; they must not change. */
export class KeptEntries {
  private rows: Float64Array | null = null;
  private grouping: CategoryGrouping | null = null;
  private address = 0;
  /** Ends of calls whose entries are made, by where these begin. */
  private readonly ends = new Map<number, number>();

  constructor(private readonly arena: Arena) {}

  /** Where the entries of a call's rows lie, and whether they were made. */
  place({ x, d, from, to }: CalledRows, grouping: CategoryGrouping): { entries: number; areMade: boolean } {
    if (this.rows !== x || this.grouping !== grouping) {
      this.address = this.arena.beside.reserve(entriesBytes(grouping, x.length / d));
      this.ends.clear();
      this.rows = x;
      this.grouping = grouping;
    }
    const areMade = (this.ends.get(from) ?? from) >= to;
    if (!areMade) this.ends.set(from, to);
    return { entries: this.address + entriesBytes(grouping, from), areMade };
  }
}
