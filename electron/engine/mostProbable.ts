/** The most probable component of each row; ties go to the lowest. `memberships`: n x K. */
export function mostProbable(memberships: Float64Array, n: number, components: number): Int32Array {
  const label = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    let best = 0;
    for (let k = 1; k < components; k++)
      if (memberships[i * components + k] > memberships[i * components + best]) best = k;
    label[i] = best;
  }
  return label;
}
