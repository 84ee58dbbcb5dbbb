import { beginBlock, beginCompletion, completeRows, completionBytes, Completion } from './completion';
import { addSpread } from './conditionalSpread';
import { gaussianDensities, gaussianStride } from './gaussianStep';
import { addMoments, blockBytes, blockRows, gaussianSumBytes, threes } from './memberScatter';
import { gatherRows } from './gatherRows';
import { beginLikelihood, endLikelihood, likelihoodBytes, posteriors } from './posteriors';
import { tileBytes, tileRows, transposeRows, transposeTile } from './tile';

/**
 * One soft E-step over `n` rows of a mixture of Gaussians of which cells are missing, NaN: densities are those of the
 * observed cells, moments expected ones. Rows of the same pattern should follow each other.
 *
 * order       IN     n words: which row is the first, the second, ...
 * parameters  IN     as those of `gaussianStep`
 * table       IN     components side by side, made even: precisions (d x d), identities of those that make it even,
 *                    then means (d)
 * scratch            as many bytes as `observedScratchBytes` says
 * sums        INOUT  as those of `gaussianStep`, of completed rows
 * spread      INOUT  d x d x components: sums of memberships times the conditional covariance of missing cells, lower
 *                    triangle
 *
 * Returns the log-likelihood. Source: Ghahramani and Jordan (1994), section 3.1.
 */
export function observedStep(
  x: usize,
  order: usize,
  n: i32,
  d: i32,
  weight: usize,
  k: i32,
  parameters: usize,
  table: usize,
  scratch: usize,
  sums: usize,
  spread: usize,
): f64 {
  const c = beginCompletion(scratch + workBytes(d, k), d, k, table);
  const joint = scratch + likelihoodBytes + 2 * <usize>d * tileBytes;
  const room = joint + <usize>k * blockBytes;
  const block = room + roomBytes(d);
  const weights = block + <usize>blockRows * ((<usize>d) << 3);
  memory.fill(room, 0, roomBytes(d));
  beginLikelihood(scratch);
  for (let start: i32 = 0; start < n; start += blockRows) {
    const rows = min(blockRows, n - start);
    const listed = order + ((<usize>start) << 2);
    gatherRows(x, listed, rows, d, block);
    if (weight !== 0) gatherRows(weight, listed, rows, 1, weights);
    beginBlock(c);
    for (let first: i32 = 0; first < rows; first += tileRows) {
      const count = min(tileRows, rows - first);
      const target = joint + ((<usize>first) << 3);
      tileDensities(c, block, first, count, d, k, parameters, scratch, target, blockBytes);
      const own: usize = weight === 0 ? 0 : weights + ((<usize>first) << 3);
      posteriors(target, blockBytes, count, k, own, 0, scratch);
    }
    if (c.cells > 0) addSpread(c, block, rows, k, joint, spread);
    addCompletedMoments(c, block, rows, d, k, parameters, gaussianStride(d), joint, room, sums);
  }
  return endLikelihood(scratch);
}

/** Log densities of `n` rows, in their order, into `out`, n x k; what is given is as in `observedStep`. */
export function observedLogDensities(
  x: usize,
  n: i32,
  d: i32,
  k: i32,
  parameters: usize,
  table: usize,
  scratch: usize,
  out: usize,
): void {
  const c = beginCompletion(scratch + workBytes(d, k), d, k, table);
  const joint = scratch + likelihoodBytes + 2 * <usize>d * tileBytes;
  for (let first: i32 = 0; first < n; first += tileRows) {
    const count = min(tileRows, n - first);
    beginBlock(c);
    const rows = x + ((<usize>first * <usize>d) << 3);
    tileDensities(c, rows, 0, count, d, k, parameters, scratch, joint, tileBytes);
    transposeTile(joint, count, k, out + ((<usize>first * <usize>k) << 3));
  }
}

/**
 * The moments alone, for memberships that come from elsewhere, n x k; the other arrays are as in `observedStep`.
 *
 * mean  IN  k x d
 */
export function observedScatter(
  x: usize,
  n: i32,
  d: i32,
  k: i32,
  membership: usize,
  mean: usize,
  table: usize,
  scratch: usize,
  sums: usize,
  spread: usize,
): void {
  const c = beginCompletion(scratch + workBytes(d, k), d, k, table);
  const tiles = scratch + likelihoodBytes;
  const joint = tiles + 2 * <usize>d * tileBytes;
  const room = joint + <usize>k * blockBytes;
  const block = room + roomBytes(d);
  memory.fill(room, 0, roomBytes(d));
  for (let start: i32 = 0; start < n; start += blockRows) {
    const rows = min(blockRows, n - start);
    const rowBytes = (<usize>d) << 3;
    memory.copy(block, x + <usize>start * rowBytes, <usize>rows * rowBytes);
    beginBlock(c);
    completeRows(c, block, 0, rows);
    transposeShares(membership + ((<usize>start * <usize>k) << 3), rows, k, joint);
    if (c.cells > 0) addSpread(c, block, rows, k, joint, spread);
    addCompletedMoments(c, block, rows, d, k, mean, rowBytes, joint, room, sums);
  }
}

/** Bytes of scratch that these need. */
export function observedScratchBytes(d: i32, k: i32): usize {
  return workBytes(d, k) + completionBytes(d, k);
}

/** Bytes before the completion: likelihood, two groups of tiles, memberships, room of moments, rows, weights. */
function workBytes(d: i32, k: i32): usize {
  const work = likelihoodBytes + 2 * <usize>d * tileBytes + <usize>k * blockBytes + roomBytes(d);
  return (work + <usize>blockRows * ((<usize>(d + 1)) << 3) + 15) & ~15;
}

/** Room for what `addMoments` gathers: a list of rows, these, and these times memberships. */
function roomBytes(d: i32): usize {
  return blockBytes + <usize>(threes(d) + threes(d + 1)) * tileBytes;
}

/** Log densities of the rows of a tile, those of the block from `first` on, components `stride` bytes apart. */
function tileDensities(
  c: Completion,
  block: usize,
  first: i32,
  count: i32,
  d: i32,
  k: i32,
  parameters: usize,
  scratch: usize,
  out: usize,
  stride: usize,
): void {
  const tile = scratch + likelihoodBytes;
  const difference = tile + <usize>d * tileBytes;
  const rows = block + <usize>first * ((<usize>d) << 3);
  const known = c.cells;
  completeRows(c, rows, first, count);
  const places = c.places + ((<usize>known) << 3);
  const end = c.places + ((<usize>c.cells) << 3);
  const next = <usize>blockRows * <usize>d * 8;
  let values = c.values + ((<usize>known) << 3);
  let added = c.added + ((<usize>first) << 3);
  transposeRows(rows, count, d, tile);
  for (let j: i32 = 0; j < k; j++) {
    let value = values;
    for (let place = places; place < end; place += 8) {
      store<f64>(tile + <usize>load<u32>(place), load<f64>(value));
      value += 8;
    }
    gaussianDensities(tile, d, parameters + <usize>j * gaussianStride(d), difference, out);
    if (places < end) {
      for (let v: usize = 0; v < tileBytes; v += 16) {
        v128.store(out + v, f64x2.add(v128.load(out + v), v128.load(added + v)));
      }
    }
    values += next;
    added += blockBytes;
    out += stride;
  }
}

/** Adds the moments of a block; afterwards its missing cells are those of the last component. */
function addCompletedMoments(
  c: Completion,
  block: usize,
  rows: i32,
  d: i32,
  k: i32,
  mean: usize,
  meanStride: usize,
  joint: usize,
  room: usize,
  sums: usize,
): void {
  const plain = room + blockBytes;
  const weighted = plain + <usize>threes(d) * tileBytes;
  const end = c.places + ((<usize>c.cells) << 3);
  let values = c.values;
  for (let j: i32 = 0; j < k; j++) {
    let value = values;
    for (let place = c.places; place < end; place += 8) {
      store<f64>(block + <usize>load<u32>(place, 4), load<f64>(value));
      value += 8;
    }
    addMoments(block, rows, d, mean, joint, room, plain, weighted, sums);
    values += <usize>blockRows * <usize>d * 8;
    mean += meanStride;
    joint += blockBytes;
    sums += gaussianSumBytes(d);
  }
}

/** Memberships of at most a block of rows, rows first, to components `blockBytes` apart; zeros behind the rows. */
function transposeShares(membership: usize, rows: i32, k: i32, joint: usize): void {
  memory.fill(joint, 0, <usize>k * blockBytes);
  for (let i: i32 = 0; i < rows; i++) {
    let to = joint + ((<usize>i) << 3);
    for (let j: i32 = 0; j < k; j++) {
      store<f64>(to, load<f64>(membership));
      membership += 8;
      to += blockBytes;
    }
  }
}
