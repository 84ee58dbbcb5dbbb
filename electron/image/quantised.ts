import type { Colour, ColourSpace } from '../../shared/image/quantisation';
import type { ColourMixture } from './colourMixture';

/** Why no palette was made. */
export type QuantisationFailure =
  /** Locked colours, the transparent one and one for the rest are more than were asked for. */
  | { readonly kind: 'tooFewColours'; readonly colours: number; readonly needed: number }
  /** A mixture of Gaussians is of colours alone. */
  | { readonly kind: 'mixtureOfPlaces' }
  | { readonly kind: 'cancelled' };

/** A palette, and how it was found. */
export interface Quantised {
  readonly space: ColourSpace;
  /**
   * Never more than were asked for: the locked ones in their order, then those of most pixels first, the transparent one
   * last where there are wholly transparent pixels.
   */
  readonly palette: readonly Colour[];
  /** Pixels nearest to each in the fit, the palette's length. */
  readonly counts: Float64Array;
  /** Coordinates of a centre: 3, or 4 (premultiplied, with opacity) where colours are partly transparent. */
  readonly d: 3 | 4;
  /** Unrounded, a row of d for each colour of the palette that can be seen. */
  readonly centres: Float64Array;
  /**
   * Of all pixels to their centre, squared, in the space (J; Bishop, 2006, eq. 9.1), with their places where those count.
   * Before rounding to 8 bits.
   */
  readonly distortion: number;
  /**
   * The distortion as it fell, from the start of the best restart. While only means of cells were looked at it is that
   * of their clusters, which the exact one is at most. Of a mixture the log-likelihood as it rose.
   */
  readonly trace: Float64Array;
  readonly objective: 'distortion' | 'logLikelihood';
  /** The place in the palette of each pixel; null: it is that of the colour nearest to its own. */
  readonly index: Uint8Array | null;
  /** null: k-means has none. */
  readonly mixture: ColourMixture | null;
  /** Restarts that came within 0.1 % of the best before exchanges. */
  readonly restartsAtBest: number;
  readonly converged: boolean;
}

/** What a person sees while a palette is looked for. */
export interface QuantisationStep {
  readonly phase: 'restart' | 'exchange' | 'exact';
  readonly restart: number;
  readonly distortion: number;
}
