/** Points in a row that share a box: few, for their boxes to be small. By eye. */
export const blockPoints = 32;

/** Coordinates of a point. */
const d = 4;

/** The bounding boxes of points in a row, block by block, and which centres come near to them: k x 4 each. */
export class PointBoxes {
  /** Least and largest coordinates of each block: blocks x 2 x 4. */
  private readonly sides: Float64Array;

  /** x: n x 4. */
  constructor(x: Float64Array, n: number) {
    const sides = new Float64Array(2 * d * Math.ceil(n / blockPoints));
    for (let at = 0; at < sides.length; at += 2 * d) {
      sides.fill(Infinity, at, at + d);
      sides.fill(-Infinity, at + d, at + 2 * d);
    }
    for (let i = 0; i < n; i++) {
      const at = 2 * d * Math.floor(i / blockPoints);
      for (let a = 0; a < d; a++) {
        sides[at + a] = Math.min(sides[at + a], x[d * i + a]);
        sides[at + d + a] = Math.max(sides[at + d + a], x[d * i + a]);
      }
    }
    this.sides = sides;
  }

  /** The centres that can be one of the three nearest to a point of a block, into `possible`; their number. */
  possibleThree(block: number, centre: Float64Array, possible: Int32Array): number {
    const k = centre.length / d;
    const least = new Float64Array(k);
    // The least three of the largest distances.
    let first = Infinity;
    let second = Infinity;
    let third = Infinity;
    for (let j = 0; j < k; j++) {
      let far = 0;
      for (let a = 0; a < d; a++) {
        const at = 2 * d * block + a;
        const value = centre[d * j + a];
        far += Math.max(value - this.sides[at], this.sides[at + d] - value) ** 2;
      }
      least[j] = this.distance(block, centre, j);
      if (far < third) third = Math.max(far, second);
      if (far < second) second = Math.max(far, first);
      if (far < first) first = far;
    }
    let count = 0;
    for (let j = 0; j < k; j++) if (least[j] <= third) possible[count++] = j;
    return count;
  }

  /** Those of some centres whose squared distance to a block is below `reach`, into `near`; their number. */
  within(block: number, reach: number, centre: Float64Array, some: Int32Array, near: Int32Array): number {
    let count = 0;
    for (let c = 0; c < some.length; c++)
      if (this.distance(block, centre, some[c]) < reach) near[count++] = some[c];
    return count;
  }

  /** The squared distance from centre j to the box of a block; 0 inside. */
  private distance(block: number, centre: Float64Array, j: number): number {
    const { sides } = this;
    let sum = 0;
    for (let a = 0; a < d; a++) {
      const at = 2 * d * block + a;
      const value = centre[d * j + a];
      const outside = value < sides[at] ? sides[at] - value : value - sides[at + d];
      if (outside > 0) sum += outside * outside;
    }
    return sum;
  }
}
