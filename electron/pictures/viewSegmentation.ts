import type { PictureView } from '../../shared/image/picture';
import type { SegmentPick } from '../../shared/image/segmentation';
import { failed, ok } from '../../shared/result';
import { paletteWords } from '../image/paletteWords';
import { fadedWords, outline, rowsOfRegion } from '../image/view/picked';
import { rowsOfIndex } from '../image/view/rows';
import { scaleDown } from '../image/view/scaleDown';
import type { PictureJob } from './pictureJob';
import type { ViewFrame } from './scaleOriginal';
import type { SharedPainting } from './sharedPainting';
import type { SharedSegmentation } from './sharedSegmentation';

const black = 0xff000000;
const white = 0xffffffff;

/** A segmentation, and what is picked of it: the rest is faded; a region is outlined. */
export const viewSegmentation: PictureJob<
  {
    readonly segmentation: Pick<SharedSegmentation, 'index' | 'regions'>;
    readonly swatches: SharedPainting['swatches'];
    readonly pick: SegmentPick | null;
    readonly frame: ViewFrame;
  },
  never,
  PictureView
> = async ({ segmentation: { index, regions }, swatches, pick, frame }, { shouldStop }) => {
  const { region, width, height } = frame;
  const palette = swatches.map(({ colour }) => colour);
  const words = paletteWords(palette);
  if (pick?.kind !== 'region') {
    const drawn = pick === null ? words : fadedWords(words, palette[pick.at]);
    if (pick !== null) drawn[pick.at] = words[pick.at];
    const view = scaleDown(rowsOfIndex(index, regions.width, drawn), region, width, height, shouldStop);
    return view === null ? failed({ kind: 'cancelled' }) : ok(view);
  }
  const picked = palette[regions.paletteIndex[pick.region]];
  const draw = (inside: Uint32Array, outside: Uint32Array) =>
    scaleDown(
      rowsOfRegion(index, regions.label, regions.width, pick.region, inside, outside),
      region,
      width,
      height,
      shouldStop,
    );
  const view = draw(words, fadedWords(words, picked));
  const mask = draw(
    words.map(() => white),
    words.map(() => black),
  );
  if (view === null || mask === null) return failed({ kind: 'cancelled' });
  outline(view, mask, picked);
  return ok(view);
};
