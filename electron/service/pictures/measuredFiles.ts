import type { PaintingFormat } from '../../../shared/image/painting';
import type { PaintingId } from '../../../shared/ids';
import type { MeasuredPainting } from '../../pictures/measurePainting';

/** By eye: both sides of a comparison in every format. Their files can have many megabytes each. */
const mostKept = 8;

/** The files that were measured last: what is saved after is not encoded again. */
export class MeasuredFiles {
  /** The oldest first. */
  private readonly kept = new Map<string, MeasuredPainting>();

  get(painting: PaintingId, format: PaintingFormat): MeasuredPainting | undefined {
    return this.kept.get(nameOf(painting, format));
  }

  add(painting: PaintingId, format: PaintingFormat, measured: MeasuredPainting): void {
    this.kept.set(nameOf(painting, format), measured);
    const [oldest] = this.kept.keys();
    if (this.kept.size > mostKept && oldest !== undefined) this.kept.delete(oldest);
  }

  forget(painting: PaintingId): void {
    for (const name of this.kept.keys()) if (name.startsWith(painting)) this.kept.delete(name);
  }
}

const nameOf = (painting: PaintingId, format: PaintingFormat): string => `${painting} ${format}`;
