import type { Failure } from '../../../shared/failure';
import { bitsPerPixel } from '../../../shared/image/bitWidth';
import type { PaintingSummary, PaletteEdit } from '../../../shared/image/painting';
import type { PictureId } from '../../../shared/ids';
import { failed, map, ok } from '../../../shared/result';
import { colourName } from '../../image/colourNames';
import { readPalette } from '../../files/images/palettes/paletteFiles';
import type { JobResult } from '../../pictures/jobs';
import type { Lane } from '../../pictures/pictureThreads';
import type { SharedPainting } from '../../pictures/sharedPainting';
import type { SharedPicture } from '../../pictures/sharedPicture';
import type { ServiceState } from '../serviceState';
import { Foremost } from './foremost';
import type { PictureHandlers } from './pictureHandlers';
import { notThere } from './notThere';
import { runCurve } from './runCurve';

/** Palettes: fitted, given, changed, measured. */
export function paintingHandlers({
  grants,
  pictures,
  pictureThreads,
}: ServiceState): Pick<
  PictureHandlers,
  | 'picture.quantise'
  | 'picture.paintWith'
  | 'painting.edit'
  | 'painting.forget'
  | 'painting.measure'
  | 'picture.curve'
  | 'palette.read'
> {
  const previews = new Foremost<PictureId>();
  const keep = (
    id: PictureId,
    picture: SharedPicture,
    painting: SharedPainting,
    goal: PaintingSummary['goal'] = null,
  ): PaintingSummary => {
    const { precision, specification, swatches, fit } = painting;
    return {
      painting: pictures.addPainting(id, picture, painting),
      picture: id,
      precision,
      specification,
      fit,
      goal,
      swatches: [...swatches],
      names: swatches.map(({ colour }) => colourName(colour)),
      bitsPerPixel: bitsPerPixel(swatches.length),
    };
  };

  return {
    'picture.quantise': async ({ picture: id, specification, precision }, { signal, emit }) => {
      const found = pictures.get(id);
      if (!found.ok) return found;
      const picture = found.value;
      const fit = (lane: Lane, own: AbortSignal): Promise<JobResult<'quantisePicture'>> =>
        pictureThreads.run(
          lane,
          'quantisePicture',
          { picture, open: id, specification, precision },
          { signal: own, onEvent: emit },
        );
      const made = await (precision === 'preview'
        ? previews.run(id, signal, (own) => fit('quick', own))
        : fit('long', signal));
      return map(made, ({ painting, goal }) => keep(id, picture, painting, goal));
    },

    'picture.paintWith': async ({ picture: id, ...how }, { signal }) => {
      const open = pictures.get(id);
      if (!open.ok) return open;
      const body = { picture: open.value, ...how };
      const made = await pictureThreads.run('long', 'paintPicture', body, { signal });
      return map(made, (painting) => keep(id, open.value, painting));
    },

    'painting.edit': async ({ painting: id, edit }, { signal }) => {
      const open = pictures.painting(id);
      if (!open.ok) return open;
      const { pictureId, picture, painting } = open.value;
      const problem = problemOf(edit, painting.swatches.length);
      if (problem !== null) return failed(problem);
      // A preview is painted first, which takes longer than to look anew where pixels went.
      const lane = painting.index === null ? 'long' : 'quick';
      const made = await pictureThreads.run(lane, 'editPainting', { picture, painting, edit }, { signal });
      return map(made, (changed) => keep(pictureId, picture, changed));
    },

    'painting.forget': ({ painting }) => {
      pictures.forgetPainting(painting);
      return Promise.resolve(ok({}));
    },

    'painting.measure': async ({ painting: id, format }, { signal, emit }) => {
      const open = pictures.painting(id);
      if (!open.ok) return open;
      const known = pictures.files.get(id, format);
      if (known !== undefined) return ok(known.measures);
      const { picture, painting } = open.value;
      const body = { picture, painting, format };
      const made = await pictureThreads.run('long', 'measurePainting', body, { signal, onEvent: emit });
      if (!made.ok) return made;
      // Of a painting that was forgotten meanwhile nothing is kept.
      if (pictures.painting(id).ok) pictures.files.add(id, format, made.value);
      return ok(made.value.measures);
    },

    'picture.curve': async ({ picture: id, specification, most }, { signal, emit }) => {
      const open = pictures.get(id);
      return open.ok
        ? runCurve({ picture: open.value, specification, most }, pictureThreads, signal, emit)
        : open;
    },

    'palette.read': async ({ file }) => {
      const granted = grants.path(file, 'read');
      if (!granted.ok) return granted;
      return map(await readPalette(granted.value), ({ colours, estimated = 0 }) => ({
        colours: colours.map(({ name: _, ...colour }) => colour),
        names: colours.map(({ name }) => name),
        estimated,
      }));
    },
  };
}

/** What an edit asks of a palette of so many colours that cannot be. */
function problemOf(edit: PaletteEdit, colours: number): Failure | null {
  const places = Object.entries(edit).filter(([name]) => name === 'at' || name === 'one' || name === 'other');
  const beyond = places.find(([, at]) => typeof at === 'number' && at >= colours);
  if (beyond !== undefined) return notThere(`edit.${beyond[0]}`, 'colours', colours);
  return edit.kind === 'merge' && edit.one === edit.other
    ? { kind: 'badRequest', path: 'edit.other', problem: 'a colour cannot be merged with itself' }
    : null;
}
