import type { Colour } from './quantisation';

/** #rrggbb, or #rrggbbaa where it is not opaque. */
export function hexOf({ red, green, blue, opacity }: Colour): string {
  const levels = opacity === 255 ? [red, green, blue] : [red, green, blue, opacity];
  return `#${levels.map((level) => level.toString(16).padStart(2, '0')).join('')}`;
}

/** The colour of #rgb, #rgba, #rrggbb or #rrggbbaa; null for any other text. */
export function colourOfHex(text: string): Colour | null {
  const digits = /^#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i.exec(text)?.[1];
  if (digits === undefined) return null;
  const pairs = digits.length < 6 ? [...digits].map((digit) => digit + digit) : (digits.match(/../g) ?? []);
  const [red = 0, green = 0, blue = 0, opacity = 255] = pairs.map((pair) => parseInt(pair, 16));
  return { red, green, blue, opacity };
}
