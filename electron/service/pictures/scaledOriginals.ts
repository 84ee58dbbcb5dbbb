import type { Failure } from '../../../shared/failure';
import type { Pixels } from '../../../shared/image/pixels';
import { map, ok, type Result } from '../../../shared/result';
import type { ColourHistogram } from '../../image/colourHistogram';
import type { PictureThreads } from '../../pictures/pictureThreads';
import type { ViewFrame } from '../../pictures/scaleOriginal';
import type { SharedPicture } from '../../pictures/sharedPicture';

interface Kept {
  readonly key: string;
  readonly pixels: Pixels;
  readonly histogram: ColourHistogram | null;
}

/**
 * The part of each picture that was last drawn, at the size it was drawn: while a slider moves, one preview after the
 * other is painted on the same pixels.
 */
export class ScaledOriginals {
  private readonly kept = new WeakMap<SharedPicture, Kept>();

  constructor(private readonly threads: PictureThreads) {}

  /** In shared memory. */
  async pixels(
    picture: SharedPicture,
    frame: ViewFrame,
    signal: AbortSignal,
  ): Promise<Result<Pixels, Failure>> {
    return map(await this.get(picture, frame, signal), ({ pixels }) => pixels);
  }

  /** With their colours. */
  async counted(
    picture: SharedPicture,
    frame: ViewFrame,
    signal: AbortSignal,
  ): Promise<Result<{ pixels: Pixels; histogram: ColourHistogram }, Failure>> {
    const found = await this.get(picture, frame, signal);
    if (!found.ok) return found;
    const { key, pixels, histogram } = found.value;
    if (histogram !== null) return ok({ pixels, histogram });
    const counted = await this.threads.run('view', 'countColours', { pixels }, { signal });
    return map(counted, (counts) => {
      this.kept.set(picture, { key, pixels, histogram: counts });
      return { pixels, histogram: counts };
    });
  }

  private async get(
    picture: SharedPicture,
    frame: ViewFrame,
    signal: AbortSignal,
  ): Promise<Result<Kept, Failure>> {
    const key = JSON.stringify(frame);
    const last = this.kept.get(picture);
    if (last?.key === key) return ok(last);
    const scaled = await this.threads.run('view', 'scaleOriginal', { picture, frame }, { signal });
    return map(scaled, (pixels) => {
      const now = { key, pixels, histogram: null };
      this.kept.set(picture, now);
      return now;
    });
  }
}
