import { clusterSplits, type Splits } from './clusterSplits';
import { blockPoints, PointBoxes } from './pointBoxes';

/** Points with weights: n x d, d at most 4. */
export interface WeightedPoints {
  readonly x: Float64Array;
  readonly weight: Float64Array;
  readonly n: number;
  readonly d: number;
}

/** A centre that goes to where a cluster is split; no other of those made together has either. */
export interface Exchange {
  readonly removed: number;
  readonly split: number;
}

/** Coordinates that points are padded to, so that a distance is four products in a row. */
const padded = 4;

/** A centre is only put at its mean again when this share of its points came or went. By eye: others hardly move. */
const leastChange = 0.02;

/** What exchanges change. */
export interface PartitionState {
  readonly centre: Float64Array;
  /** Of each point the nearest centre and the second nearest. */
  readonly first: Int32Array;
  readonly second: Int32Array;
  /** Squared distances to the two. */
  readonly nearest: Float64Array;
  readonly next: Float64Array;
  /** No third centre is nearer than this, squared. */
  readonly beyond: Float64Array;
  /** The largest `beyond` of each block. */
  readonly reach: Float64Array;
  /** The weight of points that came to each centre, or left it, since it was put at its mean. */
  readonly changed: Float64Array;
}

/**
 * Points by their nearest and second nearest centre, kept true while centres move. Points are only compared with centres
 * that moved and come near to the box of their block (neighbours should follow each other), and with all only where a
 * third may have become one of the two. Centres are put at their means again where points came or went: an exchange
 * costs what it changes.
 */
export class Partition {
  readonly k: number;
  private readonly n: number;
  private readonly x: Float64Array;
  private readonly weight: Float64Array;
  private readonly d: number;
  private readonly boxes: PointBoxes;
  private readonly everyCentre: Int32Array;
  private state: PartitionState;

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
    this.boxes = new PointBoxes(this.x, n);
    this.everyCentre = new Int32Array(this.k).map((_, j) => j);
    this.state = {
      centre: widen(centres, this.k, d, padded),
      first: new Int32Array(n),
      second: new Int32Array(n),
      nearest: new Float64Array(n),
      next: new Float64Array(n),
      beyond: new Float64Array(n),
      reach: new Float64Array(Math.ceil(n / blockPoints)),
      changed: new Float64Array(this.k).fill(Infinity),
    };
    const near = new Int32Array(this.k);
    for (let block = 0; block * blockPoints < n; block++) {
      const count = this.boxes.possibleThree(block, this.state.centre, near);
      for (let i = block * blockPoints; i < this.endOf(block); i++) this.scan(i, near, count);
      this.measureReach(block);
    }
  }

  /** k x d. */
  centres(): Float64Array {
    return widen(this.state.centre, this.k, padded, this.d);
  }

  /** sum_i w_i |x_i - centre|^2. */
  distortion(): number {
    const { nearest } = this.state;
    let sum = 0;
    for (let i = 0; i < this.n; i++) sum += this.weight[i] * nearest[i];
    return sum;
  }

  /** By how much the distortion would rise without each centre, if no other moved. */
  removalLosses(): Float64Array {
    const { first, nearest, next } = this.state;
    const loss = new Float64Array(this.k);
    for (let i = 0; i < this.n; i++) loss[first[i]] += this.weight[i] * (next[i] - nearest[i]);
    return loss;
  }

  /** Each cluster as it is now, cut in two. */
  splits(): Splits {
    const { x, weight, n, k, locked } = this;
    return clusterSplits({ x, weight, n, d: padded }, this.state.first, this.state.centre, k, locked);
  }

  /** Splits clusters in two, of which others' centres take one half. `splits`: of the partition as it is. */
  exchange(exchanges: readonly Exchange[], { low, high }: Splits): void {
    const { centre, changed } = this.state;
    const moved: number[] = [];
    for (const { removed, split } of exchanges) {
      const at = split * padded;
      centre.set(high.subarray(at, at + padded), removed * padded);
      moved.push(removed);
      if (split < this.locked) continue;
      centre.set(low.subarray(at, at + padded), at);
      moved.push(split);
    }
    for (const j of moved) changed[j] = Infinity;
    this.follow(moved);
  }

  /** Lloyd's algorithm where points came or went: at most so many rounds, fewer when nothing moves any more. */
  settle(rounds: number): void {
    for (let round = 0; round < rounds; round++) {
      const moved = this.recentre();
      if (moved.length === 0) return;
      this.follow(moved);
    }
  }

  /** What `restore` goes back to. */
  save(): PartitionState {
    const { centre, first, second, nearest, next, beyond, reach, changed } = this.state;
    return {
      centre: centre.slice(),
      first: first.slice(),
      second: second.slice(),
      nearest: nearest.slice(),
      next: next.slice(),
      beyond: beyond.slice(),
      reach: reach.slice(),
      changed: changed.slice(),
    };
  }

  restore(saved: PartitionState): void {
    this.state = saved;
  }

  /** Puts stale centres at the means of their points. Returns those that moved; centres without points stay. */
  private recentre(): number[] {
    const { x, weight, n, k, locked } = this;
    const { centre, first, changed } = this.state;
    const sum = new Float64Array(k * padded);
    const mass = new Float64Array(k);
    for (let i = 0; i < n; i++) {
      const own = first[i];
      if (changed[own] === 0) continue;
      const at = own * padded;
      const w = weight[i];
      mass[own] += w;
      sum[at] += w * x[4 * i];
      sum[at + 1] += w * x[4 * i + 1];
      sum[at + 2] += w * x[4 * i + 2];
      sum[at + 3] += w * x[4 * i + 3];
    }
    const moved: number[] = [];
    for (let j = locked; j < k; j++) {
      if (mass[j] === 0 || changed[j] < leastChange * mass[j]) continue;
      changed[j] = 0;
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
    const { centre, first, second, reach } = this.state;
    const isMoved = new Uint8Array(this.k);
    for (const j of moved) isMoved[j] = 1;
    const places = Int32Array.from(moved);
    const near = new Int32Array(moved.length);
    for (let block = 0; block * blockPoints < this.n; block++) {
      const count = this.boxes.within(block, reach[block], centre, places, near);
      const end = this.endOf(block);
      let hasChanged = false;
      for (let i = block * blockPoints; i < end; i++) {
        if (count === 0 && isMoved[first[i]] === 0 && isMoved[second[i]] === 0) continue;
        this.compare(i, isMoved, near, count);
        hasChanged = true;
      }
      if (hasChanged) this.measureReach(block);
    }
  }

  /** Finds the two nearest centres of a point again; of those that moved only the first `count` of `near` can be new. */
  private compare(i: number, isMoved: Uint8Array, near: Int32Array, count: number): void {
    const { first, second, nearest, next, beyond, changed } = this.state;
    const before = first[i];
    const beforeNext = second[i];
    let own = before;
    let other = beforeNext;
    let least = isMoved[own] === 1 ? this.distance(i, own) : nearest[i];
    let then = isMoved[other] === 1 ? this.distance(i, other) : next[i];
    let rest = beyond[i];
    if (then < least) {
      const nearer = then;
      then = least;
      least = nearer;
      own = beforeNext;
      other = before;
    }
    for (let c = 0; c < count; c++) {
      const j = near[c];
      const distance = this.distance(i, j);
      if (distance >= rest || j === before || j === beforeNext) continue;
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
    if (then > rest) this.scan(i, this.everyCentre, this.k);
    else {
      first[i] = own;
      second[i] = other;
      nearest[i] = least;
      next[i] = then;
      beyond[i] = rest;
    }
    if (first[i] === before) return;
    changed[before] += this.weight[i];
    changed[first[i]] += this.weight[i];
  }

  /** Finds the two nearest among the first `count` of some centres; all others must be farther than the third of them. */
  private scan(i: number, among: Int32Array, count: number): void {
    const { first, second, nearest, next, beyond } = this.state;
    let least = Infinity;
    let then = Infinity;
    let rest = Infinity;
    let own = 0;
    let other = 0;
    for (let c = 0; c < count; c++) {
      const j = among[c];
      const distance = this.distance(i, j);
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
    first[i] = own;
    second[i] = other;
    nearest[i] = least;
    next[i] = then;
    beyond[i] = rest;
  }

  private measureReach(block: number): void {
    const { beyond, reach } = this.state;
    const end = this.endOf(block);
    let most = 0;
    for (let i = block * blockPoints; i < end; i++) if (beyond[i] > most) most = beyond[i];
    reach[block] = most;
  }

  private endOf(block: number): number {
    return Math.min(this.n, (block + 1) * blockPoints);
  }

  private distance(i: number, j: number): number {
    const { x } = this;
    const { centre } = this.state;
    const a = x[4 * i] - centre[4 * j];
    const b = x[4 * i + 1] - centre[4 * j + 1];
    const c = x[4 * i + 2] - centre[4 * j + 2];
    const e = x[4 * i + 3] - centre[4 * j + 3];
    return a * a + b * b + c * c + e * e;
  }
}

/** A copy of n rows of `from` numbers as rows of `to`, zeros added or numbers left out at the end of each. */
function widen(values: Float64Array, n: number, from: number, to: number): Float64Array {
  const out = new Float64Array(n * to);
  const both = Math.min(from, to);
  for (let i = 0; i < n; i++) for (let a = 0; a < both; a++) out[i * to + a] = values[i * from + a];
  return out;
}
