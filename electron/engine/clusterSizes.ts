/** Sum of memberships times row weight of each component. `memberships`: n x K. */
export function clusterSizes(
  memberships: Float64Array,
  n: number,
  components: number,
  weight: Float64Array | undefined,
): Float64Array {
  const size = new Float64Array(components);
  for (let i = 0; i < n; i++)
    for (let k = 0; k < components; k++) size[k] += memberships[i * components + k] * (weight?.[i] ?? 1);
  return size;
}
