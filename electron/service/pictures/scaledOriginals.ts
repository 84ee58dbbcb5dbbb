import type { Failure } from '../../../shared/failure';
import type { Pixels } from '../../../shared/image/pixels';
import { map, ok, type Result } from '../../../shared/result';
import type { ColourHistogram } from '../../image/colourHistogram';
import type { Lane, PictureThreads } from '../../pictures/pictureThreads';
import type { ViewFrame } from '../../pictures/scaleOriginal';
import type { SharedPicture } from '../../pictures/sharedPicture';

/** A part of a picture at the size it was drawn. */
interface Kept {
  readonly key: string;
  readonly pixels: Pixels;
  /** Null: not counted yet. */
  histogram: ColourHistogram | null;
}

/** After this long without another view the window rests, and a slider may be taken next. By eye. */
const restMs = 150;

/**
 * The part of each picture that was last drawn, at the size it was drawn: while a slider moves, one preview after the
 * other is painted on the same pixels. Their colours, which previews need, are counted as soon as the window rests.
 */
export class ScaledOriginals {
  private readonly kept = new WeakMap<SharedPicture, Kept>();
  private resting: NodeJS.Timeout | undefined;

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
    const { pixels, histogram } = found.value;
    if (histogram !== null) return ok({ pixels, histogram });
    return map(await this.count(found.value, 'view', signal), (counts) => ({ pixels, histogram: counts }));
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
      const now: Kept = { key, pixels, histogram: null };
      this.kept.set(picture, now);
      this.countAtRest(picture, now);
      return now;
    });
  }

  private countAtRest(picture: SharedPicture, kept: Kept): void {
    clearTimeout(this.resting);
    this.resting = setTimeout(() => {
      if (kept.histogram !== null || this.kept.get(picture) !== kept) return;
      // Nobody waits for it: where it fails it is counted when it is needed.
      this.count(kept, 'long', new AbortController().signal).catch(() => undefined);
    }, restMs);
    this.resting.unref();
  }

  private async count(
    kept: Kept,
    lane: Lane,
    signal: AbortSignal,
  ): Promise<Result<ColourHistogram, Failure>> {
    const counted = await this.threads.run(lane, 'countColours', { pixels: kept.pixels }, { signal });
    if (counted.ok) kept.histogram = counted.value;
    return counted;
  }
}
