import type { Colour } from '../../shared/image/quantisation';
import { coloursInSpace } from './colourSpaces';

/** A colour in OKLab by lightness 0 to 1, chroma, and angle of its hue in degrees, 0 to 360. */
interface LightnessChromaHue {
  readonly lightness: number;
  readonly chroma: number;
  readonly hue: number;
}

/** A family of hues up to an angle; some have a name of their own where they are dark, or where they are light. */
interface HueFamily {
  readonly upTo: number;
  readonly name: string;
  readonly dark?: { readonly below: number; readonly name: string };
  readonly light?: { readonly from: number; readonly name: string };
}

// Bounds by eye: the primaries and CSS colours of these names have them, and so do the colours of photographs.
const families: readonly HueFamily[] = [
  { upTo: 12, name: 'rose', light: { from: 0.65, name: 'pink' } },
  { upTo: 36, name: 'red', light: { from: 0.65, name: 'pink' } },
  { upTo: 78, name: 'orange', dark: { below: 0.72, name: 'brown' }, light: { from: 0.72, name: 'beige' } },
  { upTo: 98, name: 'gold', dark: { below: 0.6, name: 'brown' }, light: { from: 0.75, name: 'beige' } },
  { upTo: 125, name: 'yellow', dark: { below: 0.75, name: 'olive' } },
  { upTo: 165, name: 'green' },
  { upTo: 215, name: 'cyan', dark: { below: 0.75, name: 'teal' } },
  { upTo: 282, name: 'blue' },
  { upTo: 312, name: 'violet' },
  { upTo: 345, name: 'magenta', light: { from: 0.8, name: 'pink' } },
  { upTo: 360, name: 'rose', light: { from: 0.72, name: 'pink' } },
];

const vivid = 0.125; // chroma from which an orange is no brown, and a light colour is called by its hue alone
const greyish = 0.04;
const grey = 0.015;

/**
 * A colour in words, for the eye: how light, how greyish, which hue, as the ISCC-NBS system orders them (Kelly and Judd,
 * 1976), with bounds in OKLab (Ottosson, 2020); `transparent` where nothing is to be seen. Many colours share a name.
 */
export function colourName({ red, green, blue, opacity }: Colour): string {
  if (opacity === 0) return 'transparent';
  const [lightness, a, b] = coloursInSpace('oklab', Uint8Array.of(red, green, blue, opacity), 3);
  const chroma = Math.hypot(a, b);
  if (lightness < 0.17 && chroma < greyish) return 'black';
  if (lightness > 0.97 && chroma < grey) return 'white';
  if (chroma < grey) return `${shadeOf(lightness)}grey`;
  const hue = ((Math.atan2(b, a) * 180) / Math.PI + 360) % 360;
  const own = { lightness, chroma, hue };
  const shade = chroma >= vivid && lightness > 0.45 ? '' : shadeOf(lightness);
  // What is pale is little coloured anyway.
  return `${shade}${chroma < greyish && lightness < 0.85 ? 'greyish ' : ''}${hueName(own)}`;
}

function hueName({ lightness, chroma, hue }: LightnessChromaHue): string {
  const family = families.find(({ upTo }) => hue <= upTo) ?? families[0];
  const { name, dark, light } = family;
  if (dark !== undefined && lightness < dark.below && (dark.name !== 'brown' || isBrown(lightness, chroma))) {
    return dark.name;
  }
  return light !== undefined && lightness >= light.from && chroma < vivid ? light.name : name;
}

/** A vivid orange is one even where it is not light. */
const isBrown = (lightness: number, chroma: number): boolean => chroma < vivid || lightness < 0.5;

function shadeOf(lightness: number): string {
  if (lightness < 0.3) return 'very dark ';
  if (lightness < 0.45) return 'dark ';
  if (lightness < 0.62) return '';
  return lightness < 0.85 ? 'light ' : 'pale ';
}
