import type { ComponentParameters } from './fit';

/**
 * The same components, the largest first: the order in which the service numbers them once a fit is done. Shown
 * so while it runs, clusters have from early on the colours they will keep.
 */
export function largestFirst(parameters: ComponentParameters): ComponentParameters {
  const { weight, mean, covariance, probability, category } = parameters;
  const order = Array.from(weight.keys()).sort((a, b) => weight[b] - weight[a]);
  const reorder = (values: Float64Array): Float64Array<ArrayBuffer> => {
    const block = values.length / order.length;
    const moved = new Float64Array(values.length);
    order.forEach((from, to) => moved.set(values.subarray(from * block, (from + 1) * block), to * block));
    return moved;
  };
  return {
    weight: reorder(weight),
    mean: reorder(mean),
    covariance: covariance && reorder(covariance),
    probability: reorder(probability),
    category: reorder(category),
  };
}
