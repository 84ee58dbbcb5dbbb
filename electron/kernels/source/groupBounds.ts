import { Plan } from './kMeansPlan';

/**
 * Bounds of a row by groups of four centres: one above the distance to its own centre, in `bound`, and for each group
 * one below the distances to the others in it, in `lower`. They are kept less and more the drift of then, so that
 * nobody has to bring them up to date (Ding et al., 2015, "Yinyang K-Means", section 3.1, with sums of drifts).
 */
@unmanaged
export class GroupBounds {
  /** Groups a row has room for: a multiple of four; the last ones may be nobody's and are infinitely far. */
  @inline
  static places(k: i32): i32 {
    return (((k + 3) >> 2) + 3) & ~3;
  }

  /** Where the bounds of row i by groups begin. */
  @inline
  static of(plan: Plan, i: i32): usize {
    return plan.lower + ((<usize>i * GroupBounds.places(plan.k)) << 2);
  }

  /**
   * What a distance to other centres must exceed for the own one, not farther than `upper`, to be nearer for certain:
   * single precision rounds bounds and drifts by less than 1e-6 of them on the way.
   */
  @inline
  static limit(plan: Plan, upper: f32): f32 {
    return upper * <f32>1.000002 + plan.largestDrift * <f32>3e-6;
  }

  @inline
  static upper(plan: Plan, i: i32, label: i32): f32 {
    return load<f32>(plan.bound + ((<usize>i) << 2)) + load<f32>(plan.drift + ((<usize>label) << 2));
  }

  @inline
  static storeUpper(plan: Plan, i: i32, label: i32, distance: f32): void {
    store<f32>(plan.bound + ((<usize>i) << 2), distance - load<f32>(plan.drift + ((<usize>label) << 2)));
  }

  @inline
  static lower(plan: Plan, lower: usize, group: i32): f32 {
    const at = (<usize>group) << 2;
    return load<f32>(lower + at) - load<f32>(plan.groupDrift + at);
  }

  @inline
  static storeLower(plan: Plan, lower: usize, group: i32, distance: f32): void {
    const at = (<usize>group) << 2;
    store<f32>(lower + at, distance + load<f32>(plan.groupDrift + at));
  }

  /** Of a row decided by exact distances: of all groups is known that they are no nearer than the second centre. */
  static storeExact(plan: Plan, i: i32, label: i32, best: f64, second: f64): void {
    GroupBounds.storeUpper(plan, i, label, <f32>(sqrt(best) * plan.scale * (1 + 1e-6)));
    const distance = <f32>min(1e38, sqrt(second) * plan.scale * (1 - 1e-6));
    const lower = GroupBounds.of(plan, i);
    for (let group = 0; group < GroupBounds.places(plan.k); group++)
      GroupBounds.storeLower(plan, lower, group, distance);
  }
}
