import { z } from 'zod';
import { colourOfHex, hexOf } from '../../../../shared/image/hexColour';
import { fileText, maxColours, plainName, type PaletteFormat } from './palette';

const jsonColour = z.union([z.string(), z.object({ hex: z.string(), name: z.string().default('') })]);
const colourList = z.array(jsonColour).max(maxColours);
const paletteDocument = z.union([
  colourList.transform((colours) => ({ name: '', colours })),
  z.object({ name: z.string().default(''), colours: colourList }),
]);

/** JSON: { "name", "colours": [{ "hex": "#1a2b3c", "name" }] }; a list of hexadecimal colours is read too. */
export const jsonPalette: PaletteFormat = {
  read(bytes) {
    let document: unknown;
    try {
      document = JSON.parse(fileText(bytes));
    } catch {
      return 'it is not JSON';
    }
    const checked = paletteDocument.safeParse(document);
    if (!checked.success) {
      return `it is not a list of at most ${maxColours} colours like "#1a2b3c"`;
    }
    const colours = [];
    for (const [at, entry] of checked.data.colours.entries()) {
      const { hex, name } = typeof entry === 'string' ? { hex: entry, name: '' } : entry;
      const colour = colourOfHex(hex);
      if (colour === null) return `colour ${at + 1} is not like "#1a2b3c"`;
      colours.push({ ...colour, name: plainName(name) });
    }
    return { name: plainName(checked.data.name), colours };
  },
  write({ name, colours }) {
    const entries = colours.map((colour) => {
      const own = plainName(colour.name);
      return own === '' ? { hex: hexOf(colour) } : { hex: hexOf(colour), name: own };
    });
    return Buffer.from(`${JSON.stringify({ name: plainName(name), colours: entries }, null, 2)}\n`, 'utf8');
  },
};
