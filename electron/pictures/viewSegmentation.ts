import type { PictureView } from '../../shared/image/picture';
import type { SegmentPick } from '../../shared/image/segmentation';
import { failed, ok } from '../../shared/result';
import { paletteWords } from '../image/paletteWords';
import { fadedWords, outline, pixelsOfPick, rowsOfRegion } from '../image/view/picked';
import { rowsOfIndex } from '../image/view/rows';
import { scaleDown } from '../image/view/scaleDown';
import type { PictureJob } from './pictureJob';
import type { ViewFrame } from './scaleOriginal';
import { boxOf } from './segmentOf';
import type { SharedPainting } from './sharedPainting';
import type { SharedSegmentation } from './sharedSegmentation';

/** A segmentation, and what is picked of it: the rest is faded; a region is outlined. */
export const viewSegmentation: PictureJob<
  {
    readonly segmentation: SharedSegmentation;
    readonly swatches: SharedPainting['swatches'];
    readonly pick: SegmentPick | null;
    readonly frame: ViewFrame;
  },
  never,
  PictureView
> = async ({ segmentation: { index, regions, facts }, swatches, pick, frame }, { shouldStop }) => {
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
  const shape = { label: regions.label, region: pick.region, box: boxOf(facts, pick.region) };
  const rows = rowsOfRegion(index, shape, regions.width, words, fadedWords(words, picked));
  const view = scaleDown(rows, region, width, height, shouldStop);
  if (view === null) return failed({ kind: 'cancelled' });
  outline(view, pixelsOfPick(shape, regions.width, region, view), picked);
  return ok(view);
};
