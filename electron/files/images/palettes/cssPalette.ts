import { hexOf } from '../../../../shared/image/hexColour';
import { colourOfText } from './colourText';
import { fileText, plainName, type NamedColour, type PaletteFormat } from './palette';

/** A name, and a value that is one word or one function. */
const declaration =
  /([-$@\p{L}\p{N}_]+)\s*:\s*(#[0-9a-f]{3,8}\b|(?:rgb|hsl)a?\([^()]*\))\s*(?=[;}!\n\r]|$)/giu;
const rule = /([^{}]+)\{([^{}]*)\}/gu;
const label = /\/\*\s*palette:\s*(.*?)\s*\*\//u;

/**
 * Colours of a style sheet, in the order they stand: its custom properties (`--colour-1: #1a2b3c;`); where it has none, the
 * variables of its preprocessor (`$ink: #1a2b3c;`); where it has none either, the first colour of each rule. They may be
 * hexadecimal, rgb() or hsl(). A name that comes again, mostly in another notation, counts once. Names keep letters, digits
 * and hyphens.
 */
export const cssPalette: PaletteFormat = {
  read(bytes) {
    const text = fileText(bytes);
    const sheet = text.replace(/\/\*[^]*?\*\//g, '');
    const declared = coloursIn(sheet);
    const custom = namedAs(/^--/, declared);
    const variables = custom.length > 0 ? custom : namedAs(/^[$@]/, declared);
    const colours = variables.length > 0 ? variables : coloursOfRules(sheet);
    return { name: plainName(label.exec(text)?.[1] ?? ''), colours: onceEach(colours).map(withoutNumber) };
  },
  write({ name, colours }) {
    const taken = new Set<string>();
    const lines = colours.map((colour, at) => {
      const own = colour.name.replace(/[^\w-]+/g, '-').replace(/^-+|-+$/g, '');
      let key = own;
      for (let number = at + 1; key === '' || taken.has(key); number++) key = `colour-${number}`;
      taken.add(key);
      return `  --${key}: ${hexOf(colour)};`;
    });
    const title = plainName(name).replaceAll('*/', '');
    const head = title === '' ? '' : `/* palette: ${title} */\n`;
    return Buffer.from(`${head}:root {\n${lines.join('\n')}\n}\n`, 'utf8');
  },
};

const coloursIn = (text: string): NamedColour[] =>
  [...text.matchAll(declaration)].flatMap(([, name = '', value = '']) => {
    const colour = colourOfText(value);
    return colour === null ? [] : [{ ...colour, name }];
  });

/** Those whose names begin so, without that beginning. */
const namedAs = (beginning: RegExp, colours: readonly NamedColour[]): NamedColour[] =>
  colours
    .filter(({ name }) => beginning.test(name))
    .map((colour) => ({ ...colour, name: colour.name.replace(beginning, '') }));

/** Named by what the rule is for; Adobe Color lists its swatches once in each notation, which ends the name. */
const coloursOfRules = (sheet: string): NamedColour[] =>
  [...sheet.matchAll(rule)].flatMap(([, selector = '', body = '']) => {
    const [first] = coloursIn(body);
    const name = plainName(selector)
      .replace(/^[.#]/, '')
      .replace(/-(hex|rgba?|hsla?)$/, '');
    return first === undefined ? [] : [{ ...first, name }];
  });

function onceEach(colours: readonly NamedColour[]): NamedColour[] {
  const seen = new Set<string>();
  return colours.filter(({ name }) => !seen.has(name) && seen.add(name));
}

const withoutNumber = (colour: NamedColour): NamedColour =>
  /^colour-\d+$/.test(colour.name) ? { ...colour, name: '' } : colour;
