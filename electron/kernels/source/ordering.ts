import { Plan } from './kMeansPlan';

// Rows put into an order in which neighbours are near: along a Morton curve through a grid of 2^gridBits cells a side
// (Morton, 1966), by one counting sort. Rows of a cell keep their order, so the result does not depend on who did what.

/** The cell of each row of a part, and how many rows of the part lie in each. */
export function orderCount(plan: Plan, part: i32): void {
  const d = plan.d;
  const counts = plan.cellCounts + (((<usize>part) << (d * plan.gridBits)) << 2);
  memory.fill(counts, 0, (<usize>4) << (d * plan.gridBits));
  const to = partTo(plan, part);
  for (let i = partFrom(plan, part); i < to; i++) {
    let cell = 0;
    for (let a = 0; a < d; a++) cell |= spread(gridPlace(plan, i, a), d) << a;
    store<u32>(plan.place + ((<usize>i) << 2), cell);
    const count = counts + ((<usize>cell) << 2);
    store<u32>(count, load<u32>(count) + 1);
  }
}

/** Turns counts into the places of the first row of each cell and part: by cell, then by part. */
export function orderPlaces(plan: Plan): void {
  const cells = 1 << (plan.d * plan.gridBits);
  let place = 0;
  for (let cell = 0; cell < cells; cell++) {
    for (let part = 0; part < plan.parts; part++) {
      const at = plan.cellCounts + ((<usize>(part * cells + cell)) << 2);
      const count = load<u32>(at);
      store<u32>(at, place);
      place += count;
    }
  }
}

/** Copies the rows of a part, and their weights, to their places; `place` of each row is where it went. */
export function orderCopy(plan: Plan, part: i32): void {
  const d = plan.d;
  const counts = plan.cellCounts + (((<usize>part) << (d * plan.gridBits)) << 2);
  const to = partTo(plan, part);
  for (let i = partFrom(plan, part); i < to; i++) {
    const at = plan.place + ((<usize>i) << 2);
    const count = counts + ((<usize>load<u32>(at)) << 2);
    const place = load<u32>(count);
    store<u32>(count, place + 1);
    store<u32>(at, place);
    const row = plan.row(i);
    const ordered = plan.orderedRows + ((<usize>place * d) << 3);
    for (let a = 0; a < d; a++) store<f64>(ordered + ((<usize>a) << 3), load<f64>(row + ((<usize>a) << 3)));
    if (plan.weight !== 0) store<f64>(plan.orderedWeight + ((<usize>place) << 3), plan.weightOf(i));
  }
}

/** Which of the 2^gridBits slices across feature a row i lies in; all but the farthest rows are spread over them. */
function gridPlace(plan: Plan, i: i32, a: i32): i32 {
  const slices = 1 << plan.gridBits;
  const at = (<usize>a) << 3;
  // Six units of the tiles across, in the middle of the slices.
  const value = (load<f64>(plan.row(i) + at) - load<f64>(plan.origin + at)) * plan.scale;
  const place = (value + 3) * (<f64>slices / 6);
  // NaN goes to the first.
  return place > 0 ? <i32>min(place, <f64>(slices - 1)) : 0;
}

/** The bits of a number below 2^10 (of one below 2^16 when d is 2) with d - 1 zeros between, for d up to 3. */
function spread(place: i32, d: i32): i32 {
  let bits = place;
  if (d === 2) {
    bits = (bits | (bits << 8)) & 0x00ff00ff;
    bits = (bits | (bits << 4)) & 0x0f0f0f0f;
    bits = (bits | (bits << 2)) & 0x33333333;
    return (bits | (bits << 1)) & 0x55555555;
  }
  if (d === 3) {
    bits = (bits | (bits << 16)) & 0x030000ff;
    bits = (bits | (bits << 8)) & 0x0300f00f;
    bits = (bits | (bits << 4)) & 0x030c30c3;
    return (bits | (bits << 2)) & 0x09249249;
  }
  return bits;
}

function partFrom(plan: Plan, part: i32): i32 {
  return <i32>((<i64>plan.n * part) / plan.parts);
}

function partTo(plan: Plan, part: i32): i32 {
  return <i32>((<i64>plan.n * (part + 1)) / plan.parts);
}
