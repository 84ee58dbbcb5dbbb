import type { CurvePoint } from '../../shared/image/painting';
import type { QuantisationSpecification } from '../../shared/image/quantisation';
import { map } from '../../shared/result';
import { tryColours } from '../image/trial';
import { fitPicture } from './fitPicture';
import type { PictureJob } from './pictureJob';
import type { SharedPicture } from './sharedPicture';
import { trialsOf } from './trialsOf';

/** A picture and a number of colours. */
export interface CurveRequest {
  readonly picture: SharedPicture;
  readonly specification: QuantisationSpecification;
  readonly colours: number;
}

/** What a picture of so many colours comes to. */
export const curvePointOf: PictureJob<CurveRequest, never, CurvePoint> = async (request, context) => {
  const { picture, specification, colours } = request;
  const fit = (count: number) => fitPicture(picture, count, specification, context, { precision: 'exact' });
  const trials = trialsOf(picture, specification, fit, 'png');
  return map(await tryColours(trials, colours), ({ palette: _, ...point }) => point);
};
