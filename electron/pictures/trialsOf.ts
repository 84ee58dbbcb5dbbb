import type { Failure } from '../../shared/failure';
import type { QuantisationSpecification } from '../../shared/image/quantisation';
import type { Result } from '../../shared/result';
import type { Quantised } from '../image/quantised';
import type { Trials } from '../image/trial';
import { encodePng } from './encodePainting';
import type { SharedPicture } from './sharedPicture';

/** What a picture comes to at numbers of colours, as an indexed PNG. */
export const trialsOf = (
  { pixels, histogram }: SharedPicture,
  { dithering }: QuantisationSpecification,
  fit: (colours: number) => Result<Quantised, Failure>,
): Trials<Failure> => ({
  ...{ pixels, histogram, dithering },
  fit: (colours) => Promise.resolve(fit(colours)),
  encode: encodePng,
});
