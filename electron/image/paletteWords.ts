import type { Colour } from '../../shared/image/quantisation';

/** Colours as words of 32 bits as `wordsOf` has those of pixels: red lowest, opacity highest. */
export const paletteWords = (palette: readonly Colour[]): Uint32Array =>
  new Uint32Array(
    Uint8Array.from(palette.flatMap(({ red, green, blue, opacity }) => [red, green, blue, opacity])).buffer,
  );
