import { Plan } from './kMeansPlan';
import { LongSum } from './longSum';

/** Adds the sums of all chunks, in their order, for the columns [from, to) of the k x (d + 1). */
export function kMeansTotals(plan: Plan, from: i32, to: i32): void {
  const bytes = (<usize>(plan.k * (plan.d + 1))) << 3;
  const begin = plan.totals + ((<usize>from) << 3);
  const end = plan.totals + ((<usize>to) << 3);
  memory.fill(begin, 0, end - begin);
  memory.fill(begin + bytes, 0, end - begin);
  let chunk = plan.sums + ((<usize>from) << 3);
  for (let left = plan.chunks; left > 0; left--) {
    let part = chunk;
    let total = begin;
    for (; total + 16 <= end; total += 16) {
      LongSum.add(total, total + bytes, v128.load(part));
      v128.store(total + bytes, f64x2.add(v128.load(total + bytes), v128.load(part + bytes)));
      part += 16;
    }
    if (total < end) {
      LongSum.addOne(total, total + bytes, load<f64>(part));
      store<f64>(total + bytes, load<f64>(total + bytes) + load<f64>(part + bytes));
    }
    chunk += bytes << 1;
  }
}

/** The weighted sum of squared distances of a chunk's rows from their centres, row by row, into `found`. */
export function kMeansDistortion(plan: Plan, chunk: i32): void {
  const d = plan.d;
  let high: f64 = 0;
  let low: f64 = 0;
  const to = plan.to(chunk);
  for (let i = plan.from(chunk); i < to; i++) {
    let row = plan.row(i);
    let c = plan.centre + ((<usize>load<u16>(plan.label + ((<usize>i) << 1)) * d) << 3);
    let distance: f64 = 0;
    for (let a = 0; a < d; a++) {
      const difference = load<f64>(row) - load<f64>(c);
      distance += difference * difference;
      row += 8;
      c += 8;
    }
    distance *= plan.weightOf(i);
    const sum = high + distance;
    low += LongSum.scalarError(high, distance, sum);
    high = sum;
  }
  const out = plan.found + ((<usize>chunk) << 8);
  store<f64>(out, high);
  store<f64>(out + 8, low);
}
