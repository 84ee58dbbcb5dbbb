import type { PaletteFit, Precision } from '../../shared/image/painting';
import type { QuantisationSpecification, Swatch } from '../../shared/image/quantisation';
import type { ColourMixture } from '../image/colourMixture';

/** A painted picture, whatever its palette came from. */
export interface SharedPainting {
  readonly precision: Precision;
  readonly specification: QuantisationSpecification;
  readonly swatches: readonly Swatch[];
  /**
   * Place in the palette of each pixel, in shared memory; null: a preview, whose pixels are painted where they are looked
   * at.
   */
  readonly index: Uint8Array | null;
  /**
   * The same before any dithering, in shared memory, where a fit or an edit says which colour a pixel belongs to; null: it
   * is the nearest one. Of a painting that is not dithered it is the index itself.
   */
  readonly undithered: Uint8Array | null;
  readonly fit: PaletteFit | null;
  /** Of a fit by a mixture; the places of its components are those in `swatches`. */
  readonly mixture: ColourMixture | null;
}
