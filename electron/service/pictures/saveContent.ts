import path from 'node:path';
import type { PictureContent } from '../../../shared/contract/pictureCalls';
import type { Failure } from '../../../shared/failure';
import type { Swatch } from '../../../shared/image/quantisation';
import { failed, ok, type Result } from '../../../shared/result';
import type { NamedColour } from '../../files/images/palettes/palette';
import { writePalette } from '../../files/images/palettes/paletteFiles';
import { writeAreas } from '../../files/images/writeAreas';
import { writeWhole } from '../../files/writeWhole';
import { regionAreas } from '../../pictures/regionAreas';
import type { ServiceState } from '../serviceState';
import { wrongPick } from './wrongPick';

type State = Pick<ServiceState, 'pictures' | 'pictureThreads'>;

/** Writes what was made of a picture into a file, whole or not at all. */
export async function saveContent(
  filePath: string,
  content: PictureContent,
  state: State,
  signal: AbortSignal,
): Promise<Result<{ bytes: number }, Failure>> {
  const { pictures } = state;
  switch (content.kind) {
    case 'palette': {
      const open = pictures.painting(content.painting);
      if (!open.ok) return open;
      const { picture, painting } = open.value;
      return writePalette(filePath, {
        name: path.parse(picture.fileName).name,
        colours: namedColours(painting.swatches, content.names),
      });
    }
    case 'areas': {
      const open = pictures.segmentation(content.segmentation);
      if (!open.ok) return open;
      const { segmentation, painting } = open.value;
      const palette = namedColours(painting.swatches, content.names);
      return writeAreas(filePath, regionAreas(segmentation), palette, content.scale, signal);
    }
    default: {
      const encoded = await encodedContent(content, state, signal);
      return encoded.ok ? writeWhole(filePath, [encoded.value], signal) : encoded;
    }
  }
}

const namedColours = (swatches: readonly Swatch[], names: readonly string[]): NamedColour[] =>
  swatches.map(({ colour }, at) => ({ ...colour, name: names[at] ?? '' }));

/** The bytes of a file that is a picture. */
async function encodedContent(
  content: Exclude<PictureContent, { kind: 'palette' | 'areas' }>,
  { pictures, pictureThreads }: State,
  signal: AbortSignal,
): Promise<Result<Uint8Array, Failure>> {
  if (content.kind === 'painting') {
    const open = pictures.painting(content.painting);
    if (!open.ok) return open;
    const { format } = content;
    // What was measured is what is saved.
    const measured = pictures.files.get(content.painting, format);
    if (measured !== undefined) return ok(measured.file);
    const { picture, painting } = open.value;
    return pictureThreads.run('long', 'encodePaintingFile', { picture, painting, format }, { signal });
  }
  const open = pictures.segmentation(content.segmentation);
  if (!open.ok) return open;
  const { segmentation, picture, painting } = open.value;
  switch (content.kind) {
    case 'segmentation': {
      const merged = { ...painting, index: segmentation.index };
      const body = { picture, painting: merged, format: content.format };
      return pictureThreads.run('long', 'encodePaintingFile', body, { signal });
    }
    case 'labelMap':
      return pictureThreads.run('long', 'encodeLabels', { segmentation, of: content.of }, { signal });
    case 'mask': {
      const { pick } = content;
      const wrong = wrongPick(pick, segmentation);
      return wrong === null
        ? pictureThreads.run('long', 'encodePickMask', { segmentation, pick }, { signal })
        : failed(wrong);
    }
  }
}
