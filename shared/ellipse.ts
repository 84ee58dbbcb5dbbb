import type { PlaneGaussian } from './projection';

const corners = 72; // by eye: a smooth outline on a large screen

/**
 * Radius, in standard deviations, of the disc that holds `mass` of a standard Gaussian in the plane.
 *
 * mass  in [0, 1)
 *
 * Source: the squared radius has a chi-squared distribution with 2 degrees of freedom, 1 - exp(-r^2 / 2).
 */
export function radiusOfMass(mass: number): number {
  return Math.sqrt(-2 * Math.log1p(-mass));
}

/**
 * Outline of the ellipse of equal density that holds `mass` of a Gaussian in the plane, as corners one after the
 * other, the last equal to the first. A covariance without spread in some direction gives a line or a point;
 * rounding that makes it slightly indefinite is cut off at zero.
 *
 * mass  in [0, 1)
 */
export function ellipseOutline(gaussian: PlaneGaussian, mass: number): [number, number][] {
  const radius = radiusOfMass(mass);
  // Cholesky factor of the 2 x 2 covariance takes the circle to the ellipse.
  const a = Math.sqrt(Math.max(0, gaussian.varianceX));
  const b = a > 0 ? gaussian.covariance / a : 0;
  const c = Math.sqrt(Math.max(0, gaussian.varianceY - b * b));
  return Array.from({ length: corners + 1 }, (_, corner): [number, number] => {
    const angle = (2 * Math.PI * (corner % corners)) / corners;
    const u = radius * Math.cos(angle);
    const v = radius * Math.sin(angle);
    return [gaussian.x + a * u, gaussian.y + b * u + c * v];
  });
}

/**
 * Half the width of the interval about the mean that holds `mass` of a standard Gaussian on the line.
 *
 * mass  in (0, 1)
 *
 * Source: bisection on 2 Phi(z) - 1 with Phi by Abramowitz and Stegun (1964), 7.1.26; good to 1e-6, for drawing.
 */
export function halfWidthOfMass(mass: number): number {
  let low = 0;
  let high = 10;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (errorFunction(middle / Math.SQRT2) < mass) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function errorFunction(x: number): number {
  const t = 1 / (1 + 0.3275911 * x);
  const polynomial =
    t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return 1 - polynomial * Math.exp(-x * x);
}
