import type { CovarianceStructure } from '../../../shared/model';
import { covarianceRule } from '../../../shared/registry/covariances';

/** One cluster of a picture: centre, half widths and turn in degrees, in a box of 64 by 40. */
export interface PictureEllipse {
  readonly x: number;
  readonly y: number;
  readonly halfWidth: number;
  readonly halfHeight: number;
  readonly degrees: number;
}

// All by eye, so that three clusters fill the box and differ at a glance where a rule lets them.
const centres = [
  [13, 24],
  [34, 13],
  [51, 25],
] as const;
const equalVolume = [8, 8, 8] as const;
const varyingVolume = [8, 5.5, 9] as const;
/** Ratio of half width to half height. */
const equalShape = [2, 2, 2] as const;
const varyingShape = [2.6, 1.3, 1.8] as const;
/** Along the columns a shape of its own may be tall or wide. */
const varyingAxisShape = [0.45, 2.6, 1.4] as const;
const equalTurn = [-32, -32, -32] as const;
const varyingTurn = [-62, 15, -30] as const;

/** Three clusters as a covariance structure lets them be, drawn from its rule. */
export function covarianceEllipses(structure: CovarianceStructure): readonly PictureEllipse[] {
  const { volume, shape, orientation } = covarianceRule(structure);
  const sizes = volume === 'equal' ? equalVolume : varyingVolume;
  const ratios =
    shape === 'sphere'
      ? null
      : shape === 'equal'
        ? equalShape
        : orientation === 'axes'
          ? varyingAxisShape
          : varyingShape;
  const turns = orientation === 'equal' ? equalTurn : orientation === 'varying' ? varyingTurn : null;
  return centres.map(([x, y], at) => {
    // Equal areas whatever the shape: half width times half height is the size squared.
    const stretch = Math.sqrt(ratios?.[at] ?? 1);
    return {
      x,
      y,
      halfWidth: sizes[at] * stretch,
      halfHeight: sizes[at] / stretch,
      degrees: ratios === null ? 0 : (turns?.[at] ?? 0),
    };
  });
}
