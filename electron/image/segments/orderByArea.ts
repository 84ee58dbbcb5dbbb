/**
 * The place of each region when the largest stands first and equal ones keep their order: a counting sort, whose time
 * grows with the largest area and the number of regions.
 */
export function orderByArea(area: Int32Array): Int32Array {
  let largest = 0;
  for (let i = 0; i < area.length; i++) if (area[i] > largest) largest = area[i];
  // next[a]: the place of the next region of area a. First counts, then what is larger.
  const next = new Int32Array(largest + 1);
  for (let i = 0; i < area.length; i++) next[area[i]]++;
  let before = 0;
  for (let a = largest; a >= 0; a--) {
    const equal = next[a];
    next[a] = before;
    before += equal;
  }
  const place = new Int32Array(area.length);
  for (let i = 0; i < area.length; i++) place[i] = next[area[i]]++;
  return place;
}
