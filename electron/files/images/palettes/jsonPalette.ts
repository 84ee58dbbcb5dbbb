import { z } from 'zod';
import { hexOf } from '../../../../shared/image/hexColour';
import { colourOfText } from './colourText';
import { fileText, maxColours, plainName, type PaletteFormat } from './palette';

/** What colours and lists of them are called in files of other programs. */
const namedColour = z
  .object({
    hex: z.string().optional(),
    colour: z.string().optional(),
    color: z.string().optional(),
    value: z.string().optional(),
    name: z.string().default(''),
  })
  .transform(({ hex, colour, color, value, name }) => ({
    text: hex ?? colour ?? color ?? value ?? '',
    name,
  }));
const entry = z.union([z.string().transform((text) => ({ text, name: '' })), namedColour]);
const colourList = z.array(entry).max(maxColours);
const title = z.string().default('');
const paletteDocument = z.union([
  colourList.transform((colours) => ({ name: '', colours })),
  z.object({ name: title, colours: colourList }),
  z.object({ name: title, colors: colourList }).transform(({ name, colors }) => ({ name, colours: colors })),
  // { "ink": "1a2b3c" }
  z.record(z.string(), z.string()).transform((colours) => ({
    name: '',
    colours: Object.entries(colours).map(([name, text]) => ({ name, text })),
  })),
]);

/**
 * JSON: { "name", "colours": [{ "hex": "#1a2b3c", "name" }] }. Read too: "colors", as Lospec writes it; a list, of texts or
 * of these objects, and an object of names and texts, both as Coolors writes them; with or without #.
 */
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
    for (const [at, { text, name }] of checked.data.colours.entries()) {
      const colour = colourOfText(text);
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
