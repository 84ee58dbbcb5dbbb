import { Single } from './single';

/**
 * The scores |c|^2 - 2 x c of the eight rows of a tile and the four centres of a group of the table, four times
 * eight f32. `nearestFilter` has the same loop without memory between the scores and their comparison.
 */
export function tileScores(tile: usize, table: usize, d: i32, out: usize): void {
  let a0 = v128.load32_splat(table);
  let b0 = v128.load32_splat(table, 4);
  let c0 = v128.load32_splat(table, 8);
  let e0 = v128.load32_splat(table, 12);
  let a1 = a0;
  let b1 = b0;
  let c1 = c0;
  let e1 = e0;
  table += 16;
  const end = table + ((<usize>d) << 4);
  do {
    const x0 = v128.load(tile);
    const x1 = v128.load(tile, 16);
    let c = v128.load32_splat(table);
    a0 = Single.multiplyAdd(x0, c, a0);
    a1 = Single.multiplyAdd(x1, c, a1);
    c = v128.load32_splat(table, 4);
    b0 = Single.multiplyAdd(x0, c, b0);
    b1 = Single.multiplyAdd(x1, c, b1);
    c = v128.load32_splat(table, 8);
    c0 = Single.multiplyAdd(x0, c, c0);
    c1 = Single.multiplyAdd(x1, c, c1);
    c = v128.load32_splat(table, 12);
    e0 = Single.multiplyAdd(x0, c, e0);
    e1 = Single.multiplyAdd(x1, c, e1);
    tile += 32;
    table += 16;
  } while (table < end);
  v128.store(out, a0);
  v128.store(out, a1, 16);
  v128.store(out, b0, 32);
  v128.store(out, b1, 48);
  v128.store(out, c0, 64);
  v128.store(out, c1, 80);
  v128.store(out, e0, 96);
  v128.store(out, e1, 112);
}

/** The same for the first centre of the group alone: eight f32. */
export function firstScores(tile: usize, table: usize, d: i32, out: usize): void {
  let low = v128.load32_splat(table);
  let high = low;
  table += 16;
  const end = table + ((<usize>d) << 4);
  do {
    const c = v128.load32_splat(table);
    low = Single.multiplyAdd(v128.load(tile), c, low);
    high = Single.multiplyAdd(v128.load(tile, 16), c, high);
    tile += 32;
    table += 16;
  } while (table < end);
  v128.store(out, low);
  v128.store(out, high, 16);
}
