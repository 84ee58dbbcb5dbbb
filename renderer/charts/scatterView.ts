import type { ScatterPoints } from '../../shared/contract/messages';
import { ellipseOutline, halfWidthOfMass } from '../../shared/ellipse';
import type { ComponentParameters } from '../../shared/fit';
import { projectGaussian, type PlaneGaussian } from '../../shared/projection';
import { roundRange } from '../../shared/range';
import type { ClusterSign } from './clusterSign';
import { densityContours } from './densityContours';
import type { ScatterComponent, ScatterGroup, ScatterView } from './scatterChart';

/** Shares of a component's probability that its outlines hold. */
const outlineMasses = [0.5, 0.95] as const;

/** Each component as it appears in the plane of a scatter. */
export function componentsInPlane(points: ScatterPoints, parameters: ComponentParameters): PlaneGaussian[] {
  const { weight, mean, covariance } = parameters;
  const d = points.centre.length;
  const size = covariance === null ? 0 : covariance.length / weight.length;
  return Array.from(weight, (_, component) =>
    projectGaussian(
      points,
      mean.subarray(component * d, (component + 1) * d),
      covariance?.subarray(component * size, (component + 1) * size) ?? null,
    ),
  );
}

/** What stays while components move: the axes and the points. */
export type ScatterGround = Omit<ScatterView, 'components' | 'contours'>;

/** More points than these are painted as a density, dot by dot: marks would hide each other and stop the pointer. */
export const mostMarks = 20_000;

/** How the clusters are shown among the points. */
export type ScatterLook = 'outlines' | 'contours';

/**
 * Arranges the points of a scatter by cluster. With a single feature there is no second direction: the row number
 * takes its place.
 *
 * labels      cluster of each point, -1 for none; null: not known
 * signs       of the clusters
 * isSelected  1 for each point that is; null: none is
 */
export function scatterGround(
  points: ScatterPoints,
  labels: Int32Array | null,
  signs: readonly ClusterSign[],
  isSelected: Uint8Array | null,
): ScatterGround {
  const isLine = points.centre.length === 1;
  const y = heightOf(points);
  return {
    xName: points.xName,
    yName: isLine ? 'row' : points.yName,
    xRange: roundRange(points.x),
    yRange: roundRange(y),
    isPainted: points.x.length > mostMarks,
    groups: points.x.length > mostMarks ? [] : groupPoints(points.x, y, labels, signs, isSelected),
  };
}

/** The second coordinate of each point: with a single feature the number of its row. */
export function heightOf(points: ScatterPoints): Float64Array {
  return points.centre.length === 1 ? Float64Array.from(points.row, (row) => row + 1) : points.y;
}

/**
 * The ground with components on it, each with its outlines or all with the contours of their mixture; with a single
 * feature they are bands. `signs`: of the components.
 */
export function scatterView(
  points: ScatterPoints,
  ground: ScatterGround,
  parameters: ComponentParameters | null,
  signs: readonly ClusterSign[],
  look: ScatterLook = 'outlines',
): ScatterView {
  const isLine = points.centre.length === 1;
  const { min, max } = ground.yRange;
  const components = parameters === null ? [] : componentsInPlane(points, parameters);
  const hasContours = look === 'contours' && !isLine && hasDensity(parameters);
  return {
    ...ground,
    contours: hasContours ? densityContours(components, parameters.weight, ground.xRange, ground.yRange) : [],
    components: components.map((gaussian, component): ScatterComponent => ({
      identity: signs[component]?.identity ?? component,
      name: signs[component]?.name ?? '',
      x: gaussian.x,
      y: isLine ? (min + max) / 2 : gaussian.y,
      outlines:
        parameters?.covariance && !hasContours
          ? outlineMasses.map((mass) =>
              isLine ? band(gaussian, mass, min, max) : ellipseOutline(gaussian, mass),
            )
          : [],
    })),
  };
}

/** Whether there is a density to draw contours of. */
export function hasDensity(parameters: ComponentParameters | null): parameters is ComponentParameters {
  return parameters !== null && parameters.covariance !== null && parameters.covariance.length > 0;
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

/** The points of each cluster that has some; all in one group without labels. Those not selected are apart. */
function groupPoints(
  x: Float64Array,
  y: Float64Array,
  labels: Int32Array | null,
  signs: readonly ClusterSign[],
  isSelected: Uint8Array | null,
): ScatterGroup[] {
  const kinds =
    labels === null
      ? [{ identity: null, name: 'rows', component: -1 }]
      : signs.map(({ identity, name }, component) => ({ identity, name, component }));
  const isFadedOf = isSelected === null ? [false] : [true, false];
  return isFadedOf.flatMap((isFaded) =>
    kinds.flatMap(({ identity, name, component }) => {
      const indices: number[] = [];
      for (let at = 0; at < x.length; at++) {
        const isMember = labels === null || labels[at] === component;
        if (isMember && (isSelected === null || (isSelected[at] === 0) === isFaded)) indices.push(at);
      }
      return indices.length === 0 ? [] : [group(identity, name, indices, x, y, isFaded)];
    }),
  );
}

function group(
  identity: number | null,
  name: string,
  indices: readonly number[],
  x: Float64Array,
  y: Float64Array,
  isFaded: boolean,
): ScatterGroup {
  const points = new Float64Array(2 * indices.length);
  indices.forEach((from, at) => {
    points[2 * at] = x[from];
    points[2 * at + 1] = y[from];
  });
  return { identity, name, points, indices: Int32Array.from(indices), isFaded };
}
