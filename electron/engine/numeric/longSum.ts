/**
 * A sum to about twice the digits of a double: what rounding takes from the high part is kept in the low part.
 *
 * Source: Ogita, Rump and Oishi (2005), "Accurate sum and dot product", TwoSum, TwoProduct and Dot2.
 */
export class LongSum {
  high = 0;
  low = 0;

  get value(): number {
    return this.high + this.low;
  }

  /** Forgets what was added. */
  clear(): void {
    this.high = 0;
    this.low = 0;
  }

  add(value: number): void {
    const before = this.high;
    this.high = before + value;
    const part = this.high - before;
    this.low += before - (this.high - part) + (value - part);
  }

  /** Adds a b without rounding the product. */
  addProduct(a: number, b: number): void {
    const product = a * b;
    const aHead = head(a);
    const bHead = head(b);
    const aTail = a - aHead;
    const bTail = b - bHead;
    this.add(product);
    this.low += aTail * bTail - (product - aHead * bHead - aTail * bHead - aHead * bTail);
  }
}

/** The upper 26 bits of a number below 1e300 in size (Veltkamp). */
function head(value: number): number {
  const scaled = 134217729 * value;
  return scaled - (scaled - value);
}
