/** Chromium draws no element beyond 2^25 px, and moves none smoothly beyond 2^24, where floats lose whole pixels. */
const largestRangePx = 8_000_000;

/** How a long content is scrolled by an element that may not be as long. Everything in px. */
export interface ScrollScale {
  /** How far the element scrolls. */
  readonly scrollRangePx: number;
  /** How far the content scrolls: its length less what is in view, at least 0. */
  readonly contentRangePx: number;
  /** Content px an element px stands for; 1 as long as the content fits the limit. */
  readonly ratio: number;
  /** The content's offset at a position of the element; both ends meet exactly. */
  toOffset(scrollPx: number): number;
  /** The element's position for an offset of the content. */
  toScroll(offsetPx: number): number;
}

/**
 * Relates an element's scroll position to the offset of a content of `contentPx` of which `viewPx` are in view.
 * The identity until the content is longer than `limitPx`, then linear.
 */
export function scrollScale(contentPx: number, viewPx: number, limitPx = largestRangePx): ScrollScale {
  const contentRangePx = Math.max(0, contentPx - viewPx);
  const scrollRangePx = Math.min(contentRangePx, limitPx);
  const ratio = scrollRangePx === 0 ? 1 : contentRangePx / scrollRangePx;
  const clip = (value: number, end: number): number => Math.min(end, Math.max(0, value));
  return {
    scrollRangePx,
    contentRangePx,
    ratio,
    toOffset: (scrollPx) =>
      // Browsers round positions: the last half pixel means the end.
      scrollPx >= scrollRangePx - 0.5 ? contentRangePx : clip(scrollPx * ratio, contentRangePx),
    toScroll: (offsetPx) =>
      offsetPx >= contentRangePx ? scrollRangePx : clip(offsetPx / ratio, scrollRangePx),
  };
}
