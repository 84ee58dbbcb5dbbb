import type { Failure } from '../../shared/failure';
import type { PaintingFormat } from '../../shared/image/painting';
import type { QuantisationSpecification } from '../../shared/image/quantisation';
import type { Result } from '../../shared/result';
import type { Quantised } from '../image/quantised';
import type { Trials } from '../image/trial';
import { encodePainting } from './encodePainting';
import type { SharedPicture } from './sharedPicture';

/** What a picture comes to at numbers of colours, as a file of a format that has room for its sides. */
export const trialsOf = (
  { pixels, histogram, times }: SharedPicture,
  { dithering, effort }: QuantisationSpecification,
  fit: (colours: number) => Result<Quantised, Failure>,
  format: PaintingFormat,
): Trials<Failure> => ({
  pixels,
  histogram,
  dithering,
  fit: (colours) => Promise.resolve(fit(colours)),
  async encode(index, palette, width, height) {
    const swatches = palette.map((colour) => ({ colour }));
    const encoded = await encodePainting({ width, height, index, swatches, effort, times }, format);
    if (!encoded.ok) throw new Error(`a picture that is no ${format} was tried as one`);
    return encoded.value;
  },
});
