import { colourOfHex, hexOf } from '../../../../shared/image/hexColour';
import { fileText, plainName, type PaletteFormat } from './palette';

const property = /--([\w-]+)\s*:\s*(#[0-9a-f]{3,8})\b/giu;
const label = /\/\*\s*palette:\s*(.*?)\s*\*\//u;

/**
 * Custom properties of a style sheet, in the order they stand: `--colour-1: #1a2b3c;`. Colours are read in hexadecimal
 * only, from properties whose names begin with two hyphens. Names keep letters, digits and hyphens.
 */
export const cssPalette: PaletteFormat = {
  read(bytes) {
    const text = fileText(bytes);
    const colours = [...text.replace(/\/\*[^]*?\*\//g, '').matchAll(property)].flatMap(
      ([, name = '', hex = '']) => {
        const colour = colourOfHex(hex);
        return colour === null ? [] : [{ ...colour, name: /^colour-\d+$/.test(name) ? '' : name }];
      },
    );
    return { name: plainName(label.exec(text)?.[1] ?? ''), colours };
  },
  write({ name, colours }) {
    const taken = new Set<string>();
    const lines = colours.map((colour, at) => {
      const own = colour.name.replace(/[^\w-]+/g, '-').replace(/^-+|-+$/g, '');
      const key = own === '' || taken.has(own) ? `colour-${at + 1}` : own;
      taken.add(key);
      return `  --${key}: ${hexOf(colour)};`;
    });
    const title = plainName(name).replaceAll('*/', '');
    const head = title === '' ? '' : `/* palette: ${title} */\n`;
    return Buffer.from(`${head}:root {\n${lines.join('\n')}\n}\n`, 'utf8');
  },
};
