import type { Viewed } from '../../../shared/contract/pictureCalls';
import type { Failure } from '../../../shared/failure';
import type { PictureView } from '../../../shared/image/picture';
import { failed, map, type Result } from '../../../shared/result';
import type { PictureThreads } from '../../pictures/pictureThreads';
import type { ViewFrame } from '../../pictures/scaleOriginal';
import type { SharedPainting } from '../../pictures/sharedPainting';
import type { PaintingPart } from '../../pictures/viewPainting';
import type { SharedPicture } from '../../pictures/sharedPicture';
import { notThere } from './notThere';
import type { Pictures } from './pictures';
import { ScaledOriginals } from './scaledOriginals';
import { wrongPick } from './wrongPick';

/** Draws parts of open pictures, on threads. */
export class Views {
  private readonly originals: ScaledOriginals;
  /** The probabilities that were last drawn of a mixture: one byte a pixel. */
  private readonly probabilities = new WeakMap<SharedPainting, { at: number; probability: Uint8Array }>();

  constructor(
    private readonly pictures: Pictures,
    private readonly threads: PictureThreads,
  ) {
    this.originals = new ScaledOriginals(threads);
  }

  /** `frame`: inside the picture. */
  async view(
    picture: SharedPicture,
    viewed: Viewed,
    frame: ViewFrame,
    signal: AbortSignal,
  ): Promise<Result<PictureView, Failure>> {
    switch (viewed.kind) {
      case 'original':
        // What crosses to the window is a copy: it shares no memory with the service.
        return map(await this.originals.pixels(picture, frame, signal), ({ rgba, ...size }) => ({
          ...size,
          rgba: rgba.slice(),
        }));
      case 'painting':
      case 'difference': {
        const found = ofPicture(this.pictures.painting(viewed.painting), picture);
        return found.ok ? this.painting(picture, found.value.painting, viewed.kind, frame, signal) : found;
      }
      case 'colour': {
        const found = ofPicture(this.pictures.painting(viewed.painting), picture);
        if (!found.ok) return found;
        const { painting } = found.value;
        const { at } = viewed;
        if (at >= painting.swatches.length)
          return failed(notThere('viewed.at', 'colours', painting.swatches.length));
        return this.painting(picture, painting, { colour: at }, frame, signal);
      }
      case 'probability': {
        const found = ofPicture(this.pictures.painting(viewed.painting), picture);
        return found.ok ? this.probability(picture, found.value.painting, viewed.at, frame, signal) : found;
      }
      case 'segmentation': {
        const found = ofPicture(this.pictures.segmentation(viewed.segmentation), picture);
        if (!found.ok) return found;
        const { segmentation, painting } = found.value;
        const { pick } = viewed;
        const wrong = pick === null ? null : wrongPick(pick, segmentation);
        if (wrong !== null) return failed(wrong);
        const body = { segmentation, swatches: painting.swatches, pick, frame };
        return this.threads.run('view', 'viewSegmentation', body, { signal });
      }
    }
  }

  private async painting(
    picture: SharedPicture,
    { swatches, specification, index }: SharedPainting,
    of: PaintingPart,
    frame: ViewFrame,
    signal: AbortSignal,
  ): Promise<Result<PictureView, Failure>> {
    if (index !== null) {
      return this.threads.run('view', 'viewPainting', { picture, swatches, index, of, frame }, { signal });
    }
    const scaled = await this.originals.counted(picture, frame, signal);
    if (!scaled.ok) return scaled;
    const body = { ...scaled.value, painting: { swatches, specification }, of };
    return this.threads.run('view', 'viewPreview', body, { signal });
  }

  private async probability(
    picture: SharedPicture,
    painting: SharedPainting,
    at: number,
    frame: ViewFrame,
    signal: AbortSignal,
  ): Promise<Result<PictureView, Failure>> {
    const { mixture, swatches } = painting;
    if (mixture === null)
      return failed({ kind: 'badRequest', path: 'viewed', problem: 'its colours are not of a mixture' });
    if (at >= swatches.length) return failed(notThere('viewed.at', 'colours', swatches.length));
    let kept = this.probabilities.get(painting);
    if (kept?.at !== at) {
      const found = await this.threads.run(
        'long',
        'probabilityOfPixels',
        { picture, mixture, at },
        { signal },
      );
      if (!found.ok) return found;
      kept = { at, probability: found.value };
      this.probabilities.set(painting, kept);
    }
    const body = { probability: kept.probability, pictureWidth: picture.pixels.width, frame };
    return this.threads.run('view', 'viewProbability', body, { signal });
  }
}

const ofPicture = <T extends { readonly picture: SharedPicture }>(
  found: Result<T, Failure>,
  picture: SharedPicture,
): Result<T, Failure> =>
  found.ok && found.value.picture !== picture ? failed({ kind: 'unknownPicture' }) : found;
