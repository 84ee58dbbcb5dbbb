import type { PictureId } from '../../shared/ids';
import type { ColourSpace } from '../../shared/image/quantisation';
import type { ColourCells } from '../image/coarseHistogram';

let kept:
  { readonly picture: PictureId; readonly space: ColourSpace; readonly cells: ColourCells } | undefined;

/**
 * The cells of the picture that was previewed last on this thread, in its space: every number of colours needs the same,
 * and making them is a third of a preview of 12 megapixels. 10 MB at most.
 */
export function keptCells(
  picture: PictureId,
  space: ColourSpace,
  d: number,
  make: () => ColourCells,
): ColourCells {
  if (kept?.picture !== picture || kept.space !== space || kept.cells.d !== d)
    kept = { picture, space, cells: make() };
  return kept.cells;
}
