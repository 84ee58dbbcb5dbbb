/**
 * Indices of the points inside a closed line, by the even-odd rule: a ray to the right crosses it an odd number of
 * times. Points that are not finite are in no region.
 *
 * x, y     of each point
 * corners  at least three, in the units of x and y; the last is joined to the first
 *
 * Source: Shimrat (1962), algorithm 112.
 */
export function pointsInRegion(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  corners: readonly (readonly [number, number])[],
): Int32Array {
  const [left, right] = endsOf(corners.map(([u]) => u));
  const [bottom, top] = endsOf(corners.map(([, v]) => v));
  const inside = new Int32Array(x.length);
  let count = 0;
  for (let i = 0; i < x.length; i++) {
    // Written so that NaN is outside.
    if (!(x[i] >= left && x[i] <= right && y[i] >= bottom && y[i] <= top)) continue;
    if (isInside(x[i], y[i], corners)) inside[count++] = i;
  }
  return inside.slice(0, count);
}

function isInside(x: number, y: number, corners: readonly (readonly [number, number])[]): boolean {
  let isOdd = false;
  let [fromX, fromY] = corners[corners.length - 1];
  for (const [toX, toY] of corners) {
    const crosses = toY > y !== fromY > y;
    if (crosses && x < fromX + ((y - fromY) / (toY - fromY)) * (toX - fromX)) isOdd = !isOdd;
    [fromX, fromY] = [toX, toY];
  }
  return isOdd;
}

const endsOf = (values: readonly number[]): [number, number] => [Math.min(...values), Math.max(...values)];
