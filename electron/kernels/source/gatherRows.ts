/** Copies the rows of d features that `order`, words, lists. */
export function gatherRows(x: usize, order: usize, rows: i32, d: i32, out: usize): void {
  const rowBytes = (<usize>d) << 3;
  for (let i: i32 = 0; i < rows; i++) {
    const row = x + <usize>load<u32>(order) * rowBytes;
    let at: usize = 0;
    for (; at + 16 <= rowBytes; at += 16) v128.store(out + at, v128.load(row + at));
    if (at < rowBytes) store<f64>(out + at, load<f64>(row + at));
    order += 4;
    out += rowBytes;
  }
}
