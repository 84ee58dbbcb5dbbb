const pageBytes = 65536;

/** The front of a memory, where the book of its arenas is kept; data begins behind it. */
export const headerBytes = pageBytes;

/** Words of the header for each arena: 1 while somebody has it, its first page, its pages. */
const slot = { taken: 0, firstPage: 1, pages: 2, words: 3 } as const;
const slots = Math.floor(headerBytes / (slot.words * Int32Array.BYTES_PER_ELEMENT));

/** What WebAssembly can address with 32 bits. */
const mostPages = 65536;

/** Room to grow: only reserved, not used, until an arena needs it. */
const reservedPages = 16384;

/** Buffers of memories, old ones too: after growing, views on the smaller buffer still show the same bytes. */
const memoryOfBuffer = new WeakMap<object, WebAssembly.Memory>();

/**
 * A shared memory for `bytes` of data behind the header, which may grow by arenas. Throws a RangeError when the
 * machine has not so much, or 32 bits cannot address it.
 */
export function allocateMemory(bytes: number): WebAssembly.Memory {
  const pages = Math.ceil((headerBytes + bytes) / pageBytes);
  const maximum = Math.max(pages, Math.min(mostPages, 2 * pages + reservedPages));
  return new WebAssembly.Memory({ initial: pages, maximum, shared: true });
}

/** The buffer of a memory as it is now. Views made from it are found again by `addressOf`. */
export function bufferOf(memory: WebAssembly.Memory): ArrayBuffer | SharedArrayBuffer {
  const { buffer } = memory;
  memoryOfBuffer.set(buffer, memory);
  return buffer;
}

/** Where in `memory` the array lies; null when it lies elsewhere. */
export function addressOf(memory: WebAssembly.Memory, array: ArrayBufferView): number | null {
  return memoryOfBuffer.get(array.buffer) === memory ? array.byteOffset : null;
}

/**
 * Scratch of one thread inside a memory: taken for a task, given back after it, found again by the next. What lies
 * in it lasts until the next call of `reserve`.
 */
export class Arena {
  private readonly book: Int32Array;
  private readonly at: number;
  private reserved = 0;
  private second: Arena | null = null;

  constructor(readonly memory: WebAssembly.Memory) {
    this.book = new Int32Array(bufferOf(memory), 0, slots * slot.words);
    let free = 0;
    while (Atomics.compareExchange(this.book, free * slot.words + slot.taken, 0, 1) !== 0) {
      free++;
      if (free === slots) throw new Error('more threads than arenas');
    }
    this.at = free * slot.words;
  }

  /** How often it was reserved: what lies in it is still there as long as this stays the same. */
  get reservations(): number {
    return this.reserved;
  }

  /** The address of at least `bytes` of scratch, a multiple of 65536. Throws a RangeError when there is no memory left. */
  reserve(bytes: number): number {
    this.reserved++;
    const pages = Math.ceil(bytes / pageBytes);
    if (this.book[this.at + slot.pages] < pages) {
      this.book[this.at + slot.firstPage] = this.memory.grow(pages);
      this.book[this.at + slot.pages] = pages;
    }
    const address = this.book[this.at + slot.firstPage] * pageBytes;
    // A thread hears of growth by another one late: V8 shows the old length until it is asked.
    if (this.memory.buffer.byteLength < address + bytes) this.memory.grow(0);
    return address;
  }

  /** A second arena, for what is to outlast calls that reserve this one; it is given back with it. */
  get beside(): Arena {
    return (this.second ??= new Arena(this.memory));
  }

  /** Lets another task have the arena; this one must not use it again. */
  release(): void {
    this.second?.release();
    Atomics.store(this.book, this.at + slot.taken, 0);
  }
}
