import { Plan } from './kMeansPlan';
import { LongSum } from './longSum';

/** Adds the sums of all chunks, in their order, for the columns [from, to) of the k x (d + 1). */
export function kMeansTotals(plan: Plan, from: i32, to: i32): void {
  const columns = plan.k * (plan.d + 1);
  for (let column = from; column < to; column++) {
    let high: f64 = 0;
    let low: f64 = 0;
    let at = plan.sums + ((<usize>column) << 3);
    for (let chunk = 0; chunk < plan.chunks; chunk++) {
      const value = load<f64>(at);
      const sum = high + value;
      low += load<f64>(at + ((<usize>columns) << 3)) + LongSum.scalarError(high, value, sum);
      high = sum;
      at += (<usize>columns) << 4;
    }
    const total = plan.totals + ((<usize>column) << 3);
    store<f64>(total, high);
    store<f64>(total + ((<usize>columns) << 3), low);
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
