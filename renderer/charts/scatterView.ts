import type { ScatterPoints } from '../../shared/contract/messages';
import { ellipseOutline, halfWidthOfMass } from '../../shared/ellipse';
import type { ComponentParameters } from '../../shared/fit';
import { projectGaussian, type PlaneGaussian } from '../../shared/projection';
import { roundRange } from '../../shared/range';
import type { ClusterSign } from './clusterSign';
import type { ScatterComponent, ScatterGroup, ScatterView } from './scatterChart';

/** Shares of a component's probability that its outlines hold. */
export const outlineMasses = [0.5, 0.95] as const;

/** Each component as it appears in the plane of a scatter. */
export function componentsInPlane(points: ScatterPoints, parameters: ComponentParameters): PlaneGaussian[] {
  const d = points.centre.length;
  return Array.from(parameters.weight, (_, component) =>
    projectGaussian(
      points,
      parameters.mean.subarray(component * d, (component + 1) * d),
      parameters.covariance?.subarray(component * d * d, (component + 1) * d * d) ?? null,
    ),
  );
}

/** What stays while components move: the axes and the points. */
export type ScatterGround = Omit<ScatterView, 'components'>;

/**
 * Arranges the points of a scatter by cluster. With a single feature there is no second direction: the row number
 * takes its place.
 *
 * labels  cluster of each point, -1 for none; null: not known
 * signs   of the clusters
 */
export function scatterGround(
  points: ScatterPoints,
  labels: Int32Array | null,
  signs: readonly ClusterSign[],
): ScatterGround {
  const isLine = points.centre.length === 1;
  const y = isLine ? Float64Array.from(points.row, (row) => row + 1) : points.y;
  return {
    xName: points.xName,
    yName: isLine ? 'row' : points.yName,
    xRange: roundRange(points.x),
    yRange: roundRange(y),
    groups: groupPoints(points.x, y, labels, signs),
  };
}

/** The ground with components on it; with a single feature they are bands. `signs`: of the components. */
export function scatterView(
  points: ScatterPoints,
  ground: ScatterGround,
  parameters: ComponentParameters | null,
  signs: readonly ClusterSign[],
): ScatterView {
  const isLine = points.centre.length === 1;
  const { min, max } = ground.yRange;
  const components = parameters === null ? [] : componentsInPlane(points, parameters);
  return {
    ...ground,
    components: components.map((gaussian, component): ScatterComponent => ({
      identity: signs[component]?.identity ?? component,
      name: signs[component]?.name ?? '',
      x: gaussian.x,
      y: isLine ? (min + max) / 2 : gaussian.y,
      outlines: parameters?.covariance
        ? outlineMasses.map((mass) =>
            isLine ? band(gaussian, mass, min, max) : ellipseOutline(gaussian, mass),
          )
        : [],
    })),
  };
}

/** The interval that holds `mass` of a component on the line, as a rectangle over the whole height. */
function band(gaussian: PlaneGaussian, mass: number, low: number, high: number): [number, number][] {
  const half = halfWidthOfMass(mass) * Math.sqrt(Math.max(0, gaussian.varianceX));
  const left = gaussian.x - half;
  const right = gaussian.x + half;
  return [
    [left, low],
    [left, high],
    [right, high],
    [right, low],
    [left, low],
  ];
}

/** The points of each cluster that has some; all in one group without labels. */
function groupPoints(
  x: Float64Array,
  y: Float64Array,
  labels: Int32Array | null,
  signs: readonly ClusterSign[],
): ScatterGroup[] {
  if (labels === null) return [group(null, 'rows', Array.from(x.keys()), x, y)];
  const members = signs.map((): number[] => []);
  labels.forEach((label, at) => members[label]?.push(at));
  return members.flatMap((indices, component) =>
    indices.length === 0 ? [] : [group(signs[component].identity, signs[component].name, indices, x, y)],
  );
}

function group(
  identity: number | null,
  name: string,
  indices: readonly number[],
  x: Float64Array,
  y: Float64Array,
): ScatterGroup {
  const points = new Float64Array(2 * indices.length);
  indices.forEach((from, at) => {
    points[2 * at] = x[from];
    points[2 * at + 1] = y[from];
  });
  return { identity, name, points, indices: Int32Array.from(indices) };
}
