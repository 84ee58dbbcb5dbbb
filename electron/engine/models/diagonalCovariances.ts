import {
  type DiagonalRule,
  divided,
  geometricMean,
  pooledMean,
  repeated,
  roundTolerance,
  total,
} from './covarianceRule';

/** What most diagonal structures are. */
const diagonal = {
  kind: 'diagonal',
  shared: false,
  spherical: false,
  ownAxes: false,
  iterates: false,
  explores: false,
  estimated: true,
} as const;

export const EII: DiagonalRule = {
  ...diagonal,
  shared: true,
  spherical: true,
  count: () => 1,
  estimate: ({ moments, weight, k, d }) => new Float64Array(k * d).fill(total(moments) / (d * total(weight))),
};

export const VII: DiagonalRule = {
  ...diagonal,
  spherical: true,
  count: (k) => k,
  estimate({ moments, weight, k, d }) {
    const variance = new Float64Array(k * d);
    for (let j = 0; j < k; j++) {
      const block = moments.subarray(j * d, (j + 1) * d);
      variance.fill(total(block) / (d * weight[j]), j * d, (j + 1) * d);
    }
    return variance;
  },
};

export const EEI: DiagonalRule = {
  ...diagonal,
  shared: true,
  count: (_k, d) => d,
  estimate: ({ moments, weight, k, d }) => repeated(pooledMean(moments, weight, d), k),
};

/** Each round: the volumes at the shape of before, then the shape at those volumes. The optimum is the only one. */
export const VEI: DiagonalRule = {
  ...diagonal,
  iterates: true,
  count: (k, d) => k + d - 1,
  estimate({ moments, weight, k, d }, { most, previous }) {
    const shape = previous === null ? new Float64Array(d).fill(1) : previous.slice(0, d);
    // Volumes are found for a shape of volume one: what is left of the previous volume would be counted twice.
    const before = geometricMean(shape, 0, d);
    for (let a = 0; a < d; a++) shape[a] /= before;
    const volume = new Float64Array(k);
    for (let round = 0; round < most; round++) {
      let change = 0;
      for (let j = 0; j < k; j++) {
        let s = 0;
        for (let a = 0; a < d; a++) s += moments[j * d + a] / shape[a];
        const next = s / (d * weight[j]);
        change = Math.max(change, Math.abs(next - volume[j]) / next);
        volume[j] = next;
      }
      shape.fill(0);
      for (let j = 0; j < k; j++) for (let a = 0; a < d; a++) shape[a] += moments[j * d + a] / volume[j];
      const size = geometricMean(shape, 0, d);
      for (let a = 0; a < d; a++) shape[a] /= size;
      if (change <= roundTolerance) break;
    }
    const variance = new Float64Array(k * d);
    for (let j = 0; j < k; j++) for (let a = 0; a < d; a++) variance[j * d + a] = volume[j] * shape[a];
    return variance;
  },
};

export const EVI: DiagonalRule = {
  ...diagonal,
  count: (k, d) => 1 + k * (d - 1),
  estimate({ moments, weight, k, d }) {
    const size = Float64Array.from({ length: k }, (_, j) => geometricMean(moments, j * d, d));
    const volume = total(size) / total(weight);
    return moments.map((value, i) => (volume * value) / size[Math.floor(i / d)]);
  },
};

export const VVI: DiagonalRule = {
  ...diagonal,
  count: (k, d) => k * d,
  estimate: ({ moments, weight, d }) => divided(moments, weight, d),
};

/** The same standard deviation in every feature and component, not estimated. */
export const givenDeviation = (deviation: number): DiagonalRule => ({
  ...diagonal,
  shared: true,
  spherical: true,
  estimated: false,
  count: () => 0,
  estimate: ({ k, d }) => new Float64Array(k * d).fill(deviation ** 2),
});
