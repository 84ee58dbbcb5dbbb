import type { ScatterPoints } from '../../shared/contract/messages';
import { ellipseOutline, halfWidthOfMass } from '../../shared/ellipse';
import type { ComponentParameters } from '../../shared/fit';
import { projectGaussian, type PlaneGaussian } from '../../shared/projection';
import { roundRange } from '../../shared/range';
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

/**
 * Arranges points and components for the scatter chart. With a single feature there is no second direction: the
 * row number takes its place, and components are bands.
 *
 * parameters  in units of the file; null: no components to show yet
 * labels      cluster of each point, -1 for none; null: not known
 * names       of the clusters
 */
export function scatterView(
  points: ScatterPoints,
  parameters: ComponentParameters | null,
  labels: Int32Array | null,
  names: readonly string[],
): ScatterView {
  const isLine = points.centre.length === 1;
  const y = isLine ? Float64Array.from(points.row, (row) => row + 1) : points.y;
  const yRange = roundRange(y);
  const components = parameters === null ? [] : componentsInPlane(points, parameters);
  return {
    xName: points.xName,
    yName: isLine ? 'row' : points.yName,
    xRange: roundRange(points.x),
    yRange,
    groups: groupPoints(points.x, y, labels, parameters?.weight.length ?? 0, names),
    components: components.map((gaussian, component): ScatterComponent => {
      const centreY = isLine ? (yRange.min + yRange.max) / 2 : gaussian.y;
      return {
        component,
        name: names[component] ?? `Cluster ${component + 1}`,
        x: gaussian.x,
        y: centreY,
        outlines: parameters?.covariance
          ? outlineMasses.map((mass) =>
              isLine ? band(gaussian, mass, yRange.min, yRange.max) : ellipseOutline(gaussian, mass),
            )
          : [],
      };
    }),
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

function groupPoints(
  x: Float64Array,
  y: Float64Array,
  labels: Int32Array | null,
  clusters: number,
  names: readonly string[],
): ScatterGroup[] {
  if (labels === null) return [{ component: null, name: 'rows', ...gather(x, y, null, -1) }];
  const groups = Array.from({ length: clusters }, (_, component) => ({
    component,
    name: names[component] ?? `Cluster ${component + 1}`,
    ...gather(x, y, labels, component),
  }));
  return groups.filter((group) => group.indices.length > 0);
}

/** The points of one cluster (of all, without labels), interleaved, and where they come from. */
function gather(
  x: Float64Array,
  y: Float64Array,
  labels: Int32Array | null,
  component: number,
): { points: Float64Array; indices: Int32Array } {
  const indices = Int32Array.from(x.keys()).filter((at) => labels === null || labels[at] === component);
  const points = new Float64Array(2 * indices.length);
  indices.forEach((from, at) => {
    points[2 * at] = x[from] as number;
    points[2 * at + 1] = y[from] as number;
  });
  return { points, indices };
}
