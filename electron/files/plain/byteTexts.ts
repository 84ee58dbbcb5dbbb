import type { TextEntry } from '../columns/columnTexts';

/** Longer texts hardly come again, so looking for them among the known ones costs more than it saves. */
export const longestKnownText = 32; // by taste

const smallestTable = 32; // a power of two, because some tables have thousands of columns

/** Texts of one column that were read before, found by their bytes without making a string of them. */
export class ByteTexts {
  /** One more than the place in `entries`, by hash; 0: empty. */
  private slots = new Int32Array(smallestTable);
  private readonly entries: TextEntry[] = [];
  private readonly hashes: number[] = [];
  /** The bytes of all texts one after the other, and where each ends. */
  private bytes = new Uint8Array(smallestTable);
  private readonly ends: number[] = [];

  /** The text in `bytes` [start, end); null when it is not known. `hash`: of these bytes, by any function. */
  find(bytes: Uint8Array, start: number, end: number, hash: number): TextEntry | null {
    const { slots } = this;
    for (let slot = hash & (slots.length - 1); ; slot = (slot + 1) & (slots.length - 1)) {
      const found = slots[slot] - 1;
      if (found < 0) return null;
      if (this.hashes[found] === hash && this.isText(found, bytes, start, end)) return this.entries[found];
    }
  }

  private isText(index: number, bytes: Uint8Array, start: number, end: number): boolean {
    const known = this.bytes;
    let at = index === 0 ? 0 : this.ends[index - 1];
    if (this.ends[index] - at !== end - start) return false;
    for (let other = start; other < end; other++, at++) if (known[at] !== bytes[other]) return false;
    return true;
  }

  /** Adds a text that is not known yet. */
  add(bytes: Uint8Array, start: number, end: number, hash: number, entry: TextEntry): void {
    const used = this.ends.at(-1) ?? 0;
    const needed = used + end - start;
    if (needed > this.bytes.length) {
      const larger = new Uint8Array(2 * needed);
      larger.set(this.bytes.subarray(0, used));
      this.bytes = larger;
    }
    this.bytes.set(bytes.subarray(start, end), used);
    this.entries.push(entry);
    this.hashes.push(hash);
    this.ends.push(needed);
    if (2 * this.entries.length > this.slots.length) this.slots = new Int32Array(2 * this.slots.length);
    else return this.place(this.entries.length - 1);
    this.entries.forEach((_, index) => this.place(index));
  }

  private place(index: number): void {
    const { slots } = this;
    let slot = this.hashes[index] & (slots.length - 1);
    while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
    slots[slot] = index + 1;
  }
}
