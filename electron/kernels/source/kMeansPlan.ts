/**
 * Where the data of a k-means lie: addresses in bytes, written by `electron/kernels/kMeansPlan.ts`, field by field in
 * this order. One plan a run; what belongs to the rows alone (tiles, squares) is shared by all plans of a fit.
 */
@unmanaged
export class Plan {
  /** n x d, f64. */
  rows: usize;
  /** n, f64; 0: all ones. */
  weight: usize;
  n: i32;
  d: i32;
  k: i32;
  /** Rows a chunk, a multiple of 512. */
  chunkRows: i32;
  chunks: i32;
  /** d, f64: tiles are about it. */
  origin: usize;
  /** Groups of eight rows, d x 8 f32 each: (x - origin) * scale; or rows one after the other, see `rowCopies`,
   * `sparseRows`. */
  tiles: usize;
  /** n, f32: squared lengths of what is in the tiles. */
  squares: usize;
  /** 32 bytes for each chunk: the weighted sum of squared lengths of its rows about zero; see `squareSums`. */
  squareSums: usize;
  /** n, u16; `noLabel` before the first pass. */
  label: usize;
  /** n, f32: while the drift of its label is below this, the row keeps its label; with groups see `GroupBounds`. */
  bound: usize;
  /** For each chunk k x (d + 1) f64 and their low parts: weighted sums of rows, then the weight. */
  sums: usize;
  /** k x (d + 1) f64 and their low parts: the sums of all chunks. */
  totals: usize;
  /** k x d, f64. */
  centre: usize;
  /** Groups of four centres: 4 f32 of squared length, then minus twice the coordinates, see `writeTable`. */
  table: usize;
  /** k, f32: how far this centre and the fastest other have moved, rounded up, for comparing; with groups it alone. */
  drift: usize;
  /** k, f32: the same rounded down, for storing. */
  driftBelow: usize;
  /** 256 bytes for each chunk: what a job found. */
  found: usize;
  /** One of `mode`. */
  mode: i32;
  /** The largest of `drift`. */
  largestDrift: f32;
  /** Error of a score in the tiles: `errorFixed` + `errorPerSquare` times the squared length of the row. */
  errorFixed: f32;
  errorPerSquare: f32;
  /** A power of two. */
  scale: f64;
  /** n, f64: seeding's squared distances to the nearest centre; in `bound` the same in units of the tiles, rounded up. */
  nearest: usize;
  /** How many centres a seeding tries; they stand in `centre` and `table`. */
  candidates: i32;
  /** For each box of 64 rows d f32 of least coordinates, then d of largest, in units of the tiles; 0: there are none. */
  boxes: usize;
  /** For each box, u16: the label of all its rows, whose bounds are 0 then, or `noLabel`. */
  boxLabel: usize;
  /** For ordering the rows, n, u32: first the cell of each, then where it went. */
  place: usize;
  /** For each part of the rows 2^(d gridBits) u32: rows in each cell, then where the next of them goes. */
  cellCounts: usize;
  /** n x d and n, f64: rows and weights in their new order. */
  orderedRows: usize;
  orderedWeight: usize;
  gridBits: i32;
  parts: i32;
  /** Whether a seeding draws rows by distance too, 1, or by weight alone, 0. */
  byDistance: i32;
  /** n times the places of `GroupBounds`, f32; 0: bounds are not by groups. */
  lower: usize;
  /** For each of those places, f32: how far the fastest centre of the group has moved, step by step. */
  groupDrift: usize;
  /** u16: of which feature the cells in `tiles` are, of rows kept by `sparseRows`; 0: they are not kept so. */
  cells: usize;
  /** n, u32: the cell after the last of each row; see `firstCell`. */
  cellEnds: usize;

  /** The address of row i. */
  @inline
  row(i: i32): usize {
    return this.rows + ((<usize>i * this.d) << 3);
  }

  @inline
  weightOf(i: i32): f64 {
    return this.weight === 0 ? 1 : load<f64>(this.weight + ((<usize>i) << 3));
  }

  /** The first row of a chunk. */
  @inline
  from(chunk: i32): i32 {
    return chunk * this.chunkRows;
  }

  /** The row after its last. */
  @inline
  to(chunk: i32): i32 {
    return min(this.n, (chunk + 1) * this.chunkRows);
  }
}

export namespace mode {
  /** No row has a label. */
  export const first: i32 = 0;
  /** Labels and bounds are of the last pass. */
  export const bounded: i32 = 1;
  /** Labels are, bounds are not. */
  export const unbounded: i32 = 2;
}

export const noLabel: i32 = 0xffff;

/** Rows in a box. By eye: few enough to be small, enough to pay. */
export const boxRows: i32 = 64;

/** Rows in a tile. */
export const tileRows: i32 = 8;

/** Rows decided upon at once. By eye: their scores stay in the first cache. */
export const blockRows: i32 = 512;
