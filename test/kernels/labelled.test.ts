import { describe, expect, test } from 'vitest';
import { createRandom } from '../../electron/engine/numeric/random';
import { allocateMemory, bufferOf, headerBytes } from '../../electron/kernels/memory';
import { createReferenceKernels } from '../../electron/kernels/reference';
import { builds, simdKernels } from '../support/simdKernels';

const reference = createReferenceKernels();
const simd = simdKernels();
type Kernels = typeof reference;

interface Problem {
  readonly n: number;
  readonly d: number;
  readonly k: number;
  readonly x: Float64Array;
  readonly label: Int32Array;
  readonly weight: Float64Array;
  readonly centre: Float64Array;
}

/** Rows of which every seventh belongs to no component and every third weighs nothing. */
function problem(n: number, d: number, k: number): Problem {
  const random = createRandom(5, 'labelled', n + 1000 * d + 100_000 * k);
  return {
    n,
    d,
    k,
    x: Float64Array.from({ length: n * d }, () => random.normal()),
    label: Int32Array.from({ length: n }, (_, i) => (i % 7 === 6 ? -1 : Math.floor(k * random.uniform()))),
    weight: Float64Array.from({ length: n }, (_, i) => (i % 3 === 0 ? 0 : 2 * random.uniform())),
    centre: Float64Array.from({ length: k * d }, () => random.normal()),
  };
}

const kinds = ['sums', 'squares', 'scatter'] as const;

/** Count, sums and second moments of rows [from, n), added to what is there. */
function labelled(
  kernels: Kernels,
  kind: (typeof kinds)[number],
  { n, d, k, x, label, centre }: Problem,
  weight: Float64Array | null,
  from = 0,
): number[] {
  const own = label.subarray(from);
  const count = new Float64Array(k).fill(1);
  const sum = new Float64Array(k * d).fill(2);
  const second = new Float64Array(k * d * (kind === 'scatter' ? d : 1));
  if (kind === 'sums') kernels.labelledSums(x, from, n, d, own, weight, count, sum);
  else {
    const kernel = kind === 'squares' ? kernels.labelledSquares : kernels.labelledScatter;
    kernel(x, from, n, d, own, weight, centre, k, count, sum, second);
  }
  return [...count, ...sum, ...second];
}

/** The same by memberships of zero and one. */
function byMembership({ n, d, k, x, label, centre }: Problem, weight: Float64Array | null, isFull: boolean) {
  const share = (i: number): number => weight?.[i] ?? 1;
  const membership = Float64Array.from({ length: n * k }, (_, at) => {
    const i = Math.floor(at / k);
    return label[i] === at % k ? share(i) : 0;
  });
  const count = new Float64Array(k).fill(1);
  const sum = new Float64Array(k * d).fill(2);
  const second = new Float64Array(k * d * (isFull ? d : 1));
  const kernel = isFull ? reference.weightedScatter : reference.weightedSquares;
  kernel(x, 0, n, d, membership, centre, k, count, sum, second);
  return [...count, ...sum, ...second];
}

const apart = (a: readonly number[], b: readonly number[]): number =>
  Math.max(...a.map((value, i) => Math.abs(value - b[i]) / Math.max(1, Math.abs(value))));

const shapes = [0, 1, 5, 64, 65, 300].flatMap((n) =>
  [1, 2, 3, 10, 13].flatMap((d) => [1, 2, 9].map((k) => problem(n, d, k))),
);

describe('moments of labelled rows', () => {
  test.each(['squares', 'scatter'] as const)('%s are those of memberships of zero and one', (kind) => {
    for (const p of shapes)
      for (const weight of [null, p.weight])
        expect(
          apart(labelled(reference, kind, p, weight), byMembership(p, weight, kind === 'scatter')),
        ).toBeLessThan(1e-12);
  });

  test.each(kinds)('%s leave out rows of no component', (kind) => {
    const p = problem(40, 3, 2);
    const none = { ...p, label: new Int32Array(40).fill(-1) };
    for (const kernels of [reference, simd])
      expect(labelled(kernels, kind, none, null)).toEqual(labelled(kernels, kind, { ...none, n: 0 }, null));
  });

  test.each(kinds)('compiled %s are those of the reference', (kind) => {
    for (const p of shapes)
      for (const weight of [null, p.weight])
        expect(
          apart(labelled(reference, kind, p, weight), labelled(simd, kind, p, weight)),
          `n ${p.n}, d ${p.d}, k ${p.k}, weighted ${weight !== null}`,
        ).toBeLessThan(1e-12);
  });

  test.each(kinds)('compiled %s have the same bits wherever the rows lie and in every build', (kind) => {
    const p = problem(500, 5, 3);
    const whole = labelled(simd, kind, p, p.weight, 37);
    const memory = allocateMemory(p.x.byteLength);
    const x = new Float64Array(bufferOf(memory), headerBytes, p.x.length);
    x.set(p.x);
    expect(labelled(simdKernels(memory), kind, { ...p, x }, p.weight, 37)).toEqual(whole);
    for (const build of builds)
      expect(labelled(simdKernels(undefined, build), kind, p, p.weight, 37)).toEqual(whole);
  });
});
