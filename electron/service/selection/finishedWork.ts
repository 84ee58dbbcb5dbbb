import type { CellResult } from '../../engine/selection/cells';

/** Bytes that finished work may take. By taste: a tenth of what a small machine has. */
const mostBytes = 256 * 2 ** 20;

/**
 * Pieces of work that selections of one table have finished, by what makes them repeatable, so that another selection
 * can take them over. The oldest go when there are too many.
 */
export class FinishedWork {
  private readonly results = new Map<string, { readonly result: CellResult; readonly bytes: number }>();
  private bytes = 0;

  constructor(private readonly most = mostBytes) {}

  get(key: string): CellResult | undefined {
    const known = this.results.get(key);
    if (known === undefined) return undefined;
    // Used again, it is not the oldest any more.
    this.results.delete(key);
    this.results.set(key, known);
    return known.result;
  }

  add(key: string, result: CellResult): void {
    const bytes = sizeOf(result);
    this.bytes += bytes - (this.results.get(key)?.bytes ?? 0);
    this.results.delete(key);
    this.results.set(key, { result, bytes });
    for (const [oldest, known] of this.results) {
      if (this.bytes <= this.most) return;
      this.results.delete(oldest);
      this.bytes -= known.bytes;
    }
  }
}

/** What an entry takes besides its numbers, about. */
const entryBytes = 500;

/** An iteration of a trace, about: four numbers and the object that holds three of them. */
const iterationBytes = 64;

function sizeOf(result: CellResult): number {
  if (result.kind !== 'fit') return entryBytes;
  const iterations = result.outcomes.reduce((sum, { trace }) => sum + trace.length, 0);
  const numbers = result.frames.reduce(
    (sum, { params }) => sum + Object.values(params).reduce((size, values) => size + values.length, 0),
    0,
  );
  return entryBytes + iterationBytes * iterations + Float64Array.BYTES_PER_ELEMENT * numbers;
}
