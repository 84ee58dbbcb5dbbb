import { clusterSplits, type Splits } from './clusterSplits';

/** Points with weights: n x d, d at most 4. */
export interface WeightedPoints {
  readonly x: Float64Array;
  readonly weight: Float64Array;
  readonly n: number;
  readonly d: number;
}

/** Coordinates that points are padded to, so that a distance is four products in a row. */
const padded = 4;

/** What an exchange is undone with. */
export interface SavedPartition {
  readonly centre: Float64Array;
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly nearest: Float64Array;
  readonly next: Float64Array;
  readonly beyond: Float64Array;
  readonly isStale: Uint8Array;
}

/**
 * Points by their nearest and second nearest centre, kept true while single centres move: points are compared with the
 * centres that moved, and with all only where a third may have become one of the two. Centres are put at their means
 * again where points came or went, so that an exchange costs what it changes.
 */
export class Partition {
  readonly k: number;
  private readonly n: number;
  private readonly d: number;
  private readonly x: Float64Array;
  private readonly weight: Float64Array;
  private centre: Float64Array;
  private first: Int32Array;
  private second: Int32Array;
  /** Squared distances to the two. */
  private nearest: Float64Array;
  private next: Float64Array;
  /** No third centre is nearer than this, squared. */
  private beyond: Float64Array;
  /** 1 for each centre that has not been put at its mean since its points were others. */
  private isStale: Uint8Array;

  /** `centres`: k x d, of which the first `locked` never move. */
  constructor(
    { x, weight, n, d }: WeightedPoints,
    centres: Float64Array,
    private readonly locked: number,
  ) {
    this.n = n;
    this.d = d;
    this.k = centres.length / d;
    this.x = widen(x, n, d, padded);
    this.weight = weight;
    this.centre = widen(centres, this.k, d, padded);
    this.first = new Int32Array(n);
    this.second = new Int32Array(n);
    this.nearest = new Float64Array(n);
    this.next = new Float64Array(n);
    this.beyond = new Float64Array(n);
    this.isStale = new Uint8Array(this.k).fill(1);
    for (let i = 0; i < n; i++) this.scan(i);
  }

  /** k x d. */
  centres(): Float64Array {
    return widen(this.centre, this.k, padded, this.d);
  }

  /** sum_i w_i |x_i - centre|^2. */
  distortion(): number {
    let sum = 0;
    for (let i = 0; i < this.n; i++) sum += this.weight[i] * this.nearest[i];
    return sum;
  }

  /** By how much the distortion would rise without each centre, if no other moved. */
  removalLosses(): Float64Array {
    const loss = new Float64Array(this.k);
    for (let i = 0; i < this.n; i++) loss[this.first[i]] += this.weight[i] * (this.next[i] - this.nearest[i]);
    return loss;
  }

  /** Each cluster as it is now, cut in two. */
  splits(): Splits {
    const { x, weight, n, k, centre, first, locked } = this;
    return clusterSplits({ x, weight, n, d: padded }, first, centre, k, locked);
  }

  /** Splits one cluster in two, of which another's centre takes one half. `splits`: of the partition as it is. */
  exchange(removed: number, split: number, { low, high }: Splits): void {
    const mayMove = split >= this.locked;
    const at = split * padded;
    this.centre.set(high.subarray(at, at + padded), removed * padded);
    if (mayMove) this.centre.set(low.subarray(at, at + padded), at);
    this.isStale[removed] = 1;
    if (mayMove) this.isStale[split] = 1;
    this.follow(mayMove ? [removed, split] : [removed]);
  }

  /** Lloyd's algorithm where points came or went: at most so many rounds, fewer when nothing moves any more. */
  settle(rounds: number): void {
    for (let round = 0; round < rounds; round++) {
      const moved = this.recentre();
      if (moved.length === 0) return;
      this.follow(moved);
    }
  }

  save(): SavedPartition {
    const { centre, first, second, nearest, next, beyond, isStale } = this;
    return {
      centre: centre.slice(),
      first: first.slice(),
      second: second.slice(),
      nearest: nearest.slice(),
      next: next.slice(),
      beyond: beyond.slice(),
      isStale: isStale.slice(),
    };
  }

  restore(saved: SavedPartition): void {
    this.centre = saved.centre;
    this.first = saved.first;
    this.second = saved.second;
    this.nearest = saved.nearest;
    this.next = saved.next;
    this.beyond = saved.beyond;
    this.isStale = saved.isStale;
  }

  /** Puts stale centres at the means of their points. Returns those that moved; centres without points stay. */
  private recentre(): number[] {
    const { x, weight, n, k, centre, first, locked, isStale } = this;
    const sum = new Float64Array(k * padded);
    const mass = new Float64Array(k);
    for (let i = 0; i < n; i++) {
      const own = first[i];
      if (isStale[own] === 0) continue;
      const at = own * padded;
      const w = weight[i];
      mass[own] += w;
      sum[at] += w * x[4 * i];
      sum[at + 1] += w * x[4 * i + 1];
      sum[at + 2] += w * x[4 * i + 2];
      sum[at + 3] += w * x[4 * i + 3];
    }
    isStale.fill(0);
    const moved: number[] = [];
    for (let j = locked; j < k; j++) {
      if (mass[j] === 0) continue;
      let hasMoved = false;
      for (let at = j * padded; at < (j + 1) * padded; at++) {
        const mean = sum[at] / mass[j];
        hasMoved ||= mean !== centre[at];
        centre[at] = mean;
      }
      if (hasMoved) moved.push(j);
    }
    return moved;
  }

  /** Finds the two nearest centres again after some have moved. */
  private follow(moved: readonly number[]): void {
    const { n, first, second, nearest, next, beyond, x, centre, isStale } = this;
    const isMoved = new Uint8Array(this.k);
    const places = Int32Array.from(moved);
    const now = new Float64Array(padded * moved.length);
    moved.forEach((j, m) => {
      isMoved[j] = 1;
      now.set(centre.subarray(padded * j, padded * (j + 1)), padded * m);
    });
    for (let i = 0; i < n; i++) {
      const a = x[4 * i];
      const b = x[4 * i + 1];
      const c = x[4 * i + 2];
      const e = x[4 * i + 3];
      const before = first[i];
      const beforeNext = second[i];
      let own = before;
      let other = beforeNext;
      let least = isMoved[own] === 1 ? this.distance(own, a, b, c, e) : nearest[i];
      let then = isMoved[other] === 1 ? this.distance(other, a, b, c, e) : next[i];
      let rest = beyond[i];
      if (then < least) {
        own = beforeNext;
        other = before;
        const least2 = least;
        least = then;
        then = least2;
      }
      for (let m = 0; m < places.length; m++) {
        const d0 = a - now[4 * m];
        const d1 = b - now[4 * m + 1];
        const d2 = c - now[4 * m + 2];
        const d3 = e - now[4 * m + 3];
        const distance = d0 * d0 + d1 * d1 + d2 * d2 + d3 * d3;
        if (distance >= rest) continue;
        const j = places[m];
        if (j === before || j === beforeNext) continue;
        if (distance >= then) rest = distance;
        else {
          rest = then;
          if (distance < least) {
            other = own;
            then = least;
            own = j;
            least = distance;
          } else {
            other = j;
            then = distance;
          }
        }
      }
      if (then > rest) this.scan(i);
      else {
        first[i] = own;
        second[i] = other;
        nearest[i] = least;
        next[i] = then;
        beyond[i] = rest;
      }
      const after = first[i];
      if (after !== before) {
        isStale[before] = 1;
        isStale[after] = 1;
      }
    }
  }

  private distance(j: number, a: number, b: number, c: number, e: number): number {
    const { centre } = this;
    return squared(a - centre[4 * j], b - centre[4 * j + 1], c - centre[4 * j + 2], e - centre[4 * j + 3]);
  }

  private scan(i: number): void {
    const { x, k } = this;
    const a = x[4 * i];
    const b = x[4 * i + 1];
    const c = x[4 * i + 2];
    const e = x[4 * i + 3];
    let least = Infinity;
    let then = Infinity;
    let rest = Infinity;
    let own = 0;
    let other = 0;
    for (let j = 0; j < k; j++) {
      const distance = this.distance(j, a, b, c, e);
      if (distance >= rest) continue;
      if (distance >= then) rest = distance;
      else {
        rest = then;
        if (distance < least) {
          then = least;
          other = own;
          least = distance;
          own = j;
        } else {
          then = distance;
          other = j;
        }
      }
    }
    this.first[i] = own;
    this.second[i] = other;
    this.nearest[i] = least;
    this.next[i] = then;
    this.beyond[i] = rest;
  }
}

const squared = (a: number, b: number, c: number, e: number): number => a * a + b * b + c * c + e * e;

/** A copy of n rows of `from` numbers as rows of `to`, zeros added or numbers left out at the end of each. */
function widen(values: Float64Array, n: number, from: number, to: number): Float64Array {
  const out = new Float64Array(n * to);
  const both = Math.min(from, to);
  for (let i = 0; i < n; i++) for (let a = 0; a < both; a++) out[i * to + a] = values[i * from + a];
  return out;
}
