import type { Failure } from '../../shared/failure';
import type { PictureId } from '../../shared/ids';
import type { Precision } from '../../shared/image/painting';
import type { QuantisationSpecification } from '../../shared/image/quantisation';
import { failed, type Result } from '../../shared/result';
import { quantise, type FitSpecification, type QuantiseOptions } from '../image/quantise';
import type { QuantisationStep, Quantised } from '../image/quantised';
import { keptCells } from './keptCells';
import type { JobContext } from './pictureJob';
import type { SharedPicture } from './sharedPicture';
import { threadWorkplace } from './threadWorkplace';

/** How a palette is looked for. */
export interface FitHow {
  readonly precision: Precision;
  readonly onStep?: (step: QuantisationStep) => void;
  /** Of an open picture: what its next preview needs too is kept. */
  readonly open?: PictureId | undefined;
}

/** Coordinates of a pixel at most: four of its colour, two of its place. */
const mostCoordinates = 6;

/** Points a fit has at most when it is not of all distinct colours: cells of 6 bits, squares of a grid. */
const leastRoom = 1 << 18;

/** Finds a palette of at most so many colours for a picture. */
export function fitPicture(
  { pixels, histogram }: Pick<SharedPicture, 'pixels' | 'histogram'>,
  colours: number,
  specification: FitSpecification & Partial<Pick<QuantisationSpecification, 'effort'>>,
  context: Pick<JobContext<never>, 'kernels' | 'shouldStop'>,
  { precision, onStep = () => undefined, open }: FitHow,
): Result<Quantised, Failure> {
  if ((specification.spatialWeight ?? 0) > 0 && (pixels.frames ?? 1) > 1)
    return failed({ kind: 'notOfFrames', what: 'places' });
  const n = precision === 'preview' ? leastRoom : Math.max(leastRoom, histogram.size);
  const workplace = threadWorkplace(context, { n, d: mostCoordinates, components: colours });
  const { shouldStop } = context;
  const options: QuantiseOptions = {
    histogram,
    shouldStop,
    onStep,
    precision: precision === 'exact' && specification.effort === 'quick' ? 'quick' : precision,
    ...(open !== undefined && {
      cellsMade: (d, make) => keptCells(open, specification.space, d, make),
    }),
  };
  return quantise(pixels, colours, specification, workplace, options);
}
