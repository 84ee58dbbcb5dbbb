import { pictureId } from '../../../shared/ids';
import type { PictureSummary } from '../../../shared/image/picture';

/** A small photo as the service would describe it; every field can be replaced. */
export const pictureNamed = (name: string, changes: Partial<PictureSummary> = {}): PictureSummary => ({
  picture: pictureId.parse(`picture-${name}`),
  fileName: name,
  width: 451,
  height: 300,
  facts: {
    format: 'png',
    sizeBytes: 240_512,
    storedWidth: 451,
    storedHeight: 300,
    orientation: 1,
    profile: null,
    unapplied: null,
    hasFaults: false,
    colours: 'colour',
    bits: 8,
    hasOpacity: false,
    frames: 1,
    frame: 0,
  },
  frames: 1,
  colours: 32_584,
  transparentPixels: 0,
  isPartlyTransparent: false,
  ...changes,
});
