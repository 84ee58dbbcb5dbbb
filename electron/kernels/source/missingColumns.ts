/** Writes the missing columns of a row, and a word more; returns how many there are. */
export function missingOf(row: usize, d: i32, columns: usize): i32 {
  let m: i32 = 0;
  for (let a: i32 = 0; a < d; a++) {
    const value = load<f64>(row + ((<usize>a) << 3));
    store<i32>(columns + ((<usize>m) << 2), a);
    m += i32(value !== value);
  }
  return m;
}

/** How many columns two lists have in common at their beginnings, at most `most`. */
export function inCommon(list: usize, other: usize, most: i32): i32 {
  let i: i32 = 0;
  while (i < most && columnOf(list, i) === columnOf(other, i)) i++;
  return i;
}

/** Column i of a list. */
export function columnOf(list: usize, i: i32): i32 {
  return load<i32>(list + ((<usize>i) << 2));
}
