import { BoxCandidates } from './boxCandidates';
import { Plan, tileRows } from './kMeansPlan';
import { Single } from './single';

/** Not among candidates: among all centres of the plan. */
export const everyCentre: usize = 0;

/**
 * For each row of `count` tiles the centre of the lowest score |c|^2 - 2 x c in single precision, and how much farther
 * every other centre is at least, in units of the tiles; not above zero (or NaN) where single precision cannot tell.
 *
 * among    IN   the address of `BoxCandidates` of a box that the rows lie in, or `everyCentre`
 * tiles    IN   count x d x 8 f32
 * squares  IN   count x 8 f32
 * label    OUT  count x 8 i32
 * gap      OUT  count x 8 f32
 *
 * A score is wrong by less than (d + 12) 2^-24 (2 max|c|^2 + |x|^2): d + 4 roundings of each product and sum (Higham,
 * 2002, section 3.1), the rest for the square roots; |x|^2 by d 2^-24 of itself. The gap is taken between scores moved together by both, E.
 * Eight rows and four centres at a time and one feature a step: more would not stay in registers.
 */
export function nearestFilter(
  plan: Plan,
  among: usize,
  tiles: usize,
  squares: usize,
  count: i32,
  label: usize,
  gap: usize,
): void {
  const d = plan.d;
  const candidates = changetype<BoxCandidates>(among);
  const first = among === everyCentre ? plan.table : candidates.table(plan);
  const k = among === everyCentre ? plan.k : candidates.count;
  const margin = f32x4.splat(among === everyCentre ? <f32>3e38 : candidates.margin);
  const names = among === everyCentre ? 0 : candidates.names();
  const fixed = f32x4.splat(plan.errorFixed);
  const perSquare = f32x4.splat(plan.errorPerSquare);
  const zero = f32x4.splat(0);
  for (let tile = 0; tile < count; tile++) {
    let best0 = f32x4.splat(3e38);
    let best1 = best0;
    let second0 = best0;
    let second1 = best0;
    let at0 = i32x4.splat(0);
    let at1 = at0;
    let table = first;
    for (let j = 0; j < k; j += 4) {
      let a0 = v128.load32_splat(table);
      let b0 = v128.load32_splat(table, 4);
      let c0 = v128.load32_splat(table, 8);
      let e0 = v128.load32_splat(table, 12);
      let a1 = a0;
      let b1 = b0;
      let c1 = c0;
      let e1 = e0;
      let x = tiles;
      table += 16;
      const end = table + ((<usize>d) << 4);
      do {
        const x0 = v128.load(x);
        const x1 = v128.load(x, 16);
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
        x += 32;
        table += 16;
      } while (table < end);

      let index = i32x4.splat(j);
      at0 = Single.select(index, at0, f32x4.lt(a0, best0));
      at1 = Single.select(index, at1, f32x4.lt(a1, best1));
      second0 = f32x4.pmin(second0, f32x4.pmax(a0, best0));
      second1 = f32x4.pmin(second1, f32x4.pmax(a1, best1));
      best0 = f32x4.pmin(best0, a0);
      best1 = f32x4.pmin(best1, a1);
      index = i32x4.splat(j + 1);
      at0 = Single.select(index, at0, f32x4.lt(b0, best0));
      at1 = Single.select(index, at1, f32x4.lt(b1, best1));
      second0 = f32x4.pmin(second0, f32x4.pmax(b0, best0));
      second1 = f32x4.pmin(second1, f32x4.pmax(b1, best1));
      best0 = f32x4.pmin(best0, b0);
      best1 = f32x4.pmin(best1, b1);
      index = i32x4.splat(j + 2);
      at0 = Single.select(index, at0, f32x4.lt(c0, best0));
      at1 = Single.select(index, at1, f32x4.lt(c1, best1));
      second0 = f32x4.pmin(second0, f32x4.pmax(c0, best0));
      second1 = f32x4.pmin(second1, f32x4.pmax(c1, best1));
      best0 = f32x4.pmin(best0, c0);
      best1 = f32x4.pmin(best1, c1);
      index = i32x4.splat(j + 3);
      at0 = Single.select(index, at0, f32x4.lt(e0, best0));
      at1 = Single.select(index, at1, f32x4.lt(e1, best1));
      second0 = f32x4.pmin(second0, f32x4.pmax(e0, best0));
      second1 = f32x4.pmin(second1, f32x4.pmax(e1, best1));
      best0 = f32x4.pmin(best0, e0);
      best1 = f32x4.pmin(best1, e1);
    }
    // Nor is any centre nearer that is no candidate.
    second0 = f32x4.pmin(second0, f32x4.add(best0, margin));
    second1 = f32x4.pmin(second1, f32x4.add(best1, margin));
    const square0 = v128.load(squares);
    const square1 = v128.load(squares, 16);
    const error0 = f32x4.add(f32x4.mul(perSquare, square0), fixed);
    const error1 = f32x4.add(f32x4.mul(perSquare, square1), fixed);
    v128.store(label, names === 0 ? at0 : named(at0, names));
    v128.store(label, names === 0 ? at1 : named(at1, names), 16);
    v128.store(
      gap,
      f32x4.sub(
        f32x4.sqrt(f32x4.pmax(zero, f32x4.sub(f32x4.add(second0, square0), error0))),
        f32x4.sqrt(f32x4.pmax(zero, f32x4.add(f32x4.add(best0, square0), error0))),
      ),
    );
    v128.store(
      gap,
      f32x4.sub(
        f32x4.sqrt(f32x4.pmax(zero, f32x4.sub(f32x4.add(second1, square1), error1))),
        f32x4.sqrt(f32x4.pmax(zero, f32x4.add(f32x4.add(best1, square1), error1))),
      ),
      16,
    );
    tiles += (<usize>(d * tileRows)) << 2;
    squares += 32;
    label += 32;
    gap += 32;
  }
}

/** Which centres four candidates are. */
function named(at: v128, names: usize): v128 {
  let name = v128.load32_zero(names + ((<usize>i32x4.extract_lane(at, 0)) << 2));
  name = v128.load_lane<i32>(names + ((<usize>i32x4.extract_lane(at, 1)) << 2), name, 1);
  name = v128.load_lane<i32>(names + ((<usize>i32x4.extract_lane(at, 2)) << 2), name, 2);
  return v128.load_lane<i32>(names + ((<usize>i32x4.extract_lane(at, 3)) << 2), name, 3);
}
