import type { PaletteEdit } from '../../shared/image/painting';
import type { Failure } from '../../shared/failure';
import type { Swatch } from '../../shared/image/quantisation';
import { failed, ok, type Result } from '../../shared/result';
import type { ColourMixture } from '../image/colourMixture';
import {
  countSwatches,
  deleteSwatch,
  lockSwatch,
  mergeSwatches,
  moveIndices,
  recolourSwatch,
  type ChangedPalette,
} from '../image/palette';
import { isDithered } from '../image/paintFitted';
import type { PictureJob } from './pictureJob';
import { shared } from './sharedMemory';
import type { SharedPainting } from './sharedPainting';
import type { SharedPicture } from './sharedPicture';
import { wholeIndex } from './wholeIndex';

/** A painting of a picture, and what is changed of its palette; its places are there. */
export interface EditRequest {
  readonly picture: SharedPicture;
  readonly painting: SharedPainting;
  readonly edit: PaletteEdit;
}

/**
 * A painting with a changed palette, or dithered anew; the one it was made of stays as it is, and pixels are shared where
 * they do not move. A preview is painted first, unless nothing but a lock changes. The last colour cannot be removed.
 */
export const editPainting: PictureJob<EditRequest, never, SharedPainting> = ({ picture, painting, edit }) =>
  Promise.resolve(edited(picture, painting, edit));

function edited(
  picture: SharedPicture,
  painting: SharedPainting,
  edit: PaletteEdit,
): Result<SharedPainting, Failure> {
  const { specification, swatches } = painting;
  switch (edit.kind) {
    case 'lock': {
      const places = edit.at === null ? [...swatches.keys()] : [edit.at];
      const lock = (all: readonly Swatch[], at: number): Swatch[] => lockSwatch(all, at, edit.isLocked);
      return ok({ ...painting, swatches: places.reduce(lock, [...swatches]) });
    }
    case 'dither': {
      const { dithering } = edit;
      const next = { ...painting, specification: { ...specification, dithering } };
      const index = wholeIndex(picture, { ...next, index: null });
      return ok({ ...next, index, swatches: countSwatches(swatches, index) });
    }
    case 'recolour': {
      const own = wholly(picture, painting);
      return ok({ ...own, swatches: recolourSwatch(own.swatches, edit.at, edit.colour) });
    }
    case 'merge': {
      const own = wholly(picture, painting);
      return ok(moved(own, mergeSwatches(own.swatches, edit.one, edit.other, specification.space)));
    }
    case 'remove': {
      const own = wholly(picture, painting);
      const rest = deleteSwatch(own.swatches, edit.at, specification.space);
      return rest === null ? failed(lastColour) : ok(moved(own, rest));
    }
  }
}

const lastColour: Failure = {
  kind: 'badRequest',
  path: 'edit.at',
  problem: 'a palette keeps one colour at least',
};

/** A painting of the whole picture, before its palette is changed: pixels stay with their colour. */
function wholly(picture: SharedPicture, painting: SharedPainting): SharedPainting & { index: Uint8Array } {
  const index = wholeIndex(picture, painting);
  const { dithering } = painting.specification;
  return {
    ...painting,
    precision: 'exact',
    fit: null,
    index,
    undithered: dithering.kind === 'flat' || isDithered(dithering) ? painting.undithered : index,
    swatches: painting.index === null ? countSwatches(painting.swatches, index) : painting.swatches,
  };
}

function moved(painting: SharedPainting & { index: Uint8Array }, changed: ChangedPalette): SharedPainting {
  const index = shared(moveIndices(painting.index, changed));
  const { undithered } = painting;
  return {
    ...painting,
    index,
    undithered:
      undithered === painting.index ? index : undithered && shared(moveIndices(undithered, changed)),
    swatches: changed.swatches,
    mixture: movedMixture(painting.mixture, changed),
  };
}

/** A mixture whose components stand for the colours they became. */
const movedMixture = (
  mixture: ColourMixture | null,
  { moved: places }: ChangedPalette,
): ColourMixture | null =>
  mixture && { ...mixture, place: mixture.place.map((at) => (at < 0 ? at : places[at])) };
