import { fileText, plainName, type NamedColour, type PaletteFormat } from './palette';

const colourLine = /^\s*(\d+)\s+(\d+)\s+(\d+)(?:\s+(\d+))?(?:\s+(.*?))?\s*$/;

/**
 * GIMP's .gpl: a line a colour, levels of 0 to 255, then its name. Opacity stands in a fourth column where the file says
 * so, as Aseprite writes it ("Channels: RGBA"); GIMP itself knows none.
 */
export const gimpPalette: PaletteFormat = {
  read(bytes) {
    const lines = fileText(bytes).split(/\r\n|\n|\r/);
    if (!/^GIMP Palette\s*$/.test(lines[0] ?? '')) return 'its first line is not "GIMP Palette"';
    const hasOpacity = lines.some((line) => /^Channels:\s*RGBA\s*$/.test(line));
    let name = '';
    const colours: NamedColour[] = [];
    for (const [at, line] of lines.entries()) {
      if (at === 0 || /^\s*(#.*)?$/.test(line)) continue;
      const named = /^Name:\s*(.*)$/.exec(line)?.[1];
      if (named !== undefined) name = plainName(named);
      if (/^(Name|Columns|Channels):/.test(line)) continue;
      const [, red, green, blue, fourth, rest = ''] = colourLine.exec(line) ?? [];
      const opacity = hasOpacity ? fourth : '255';
      const levels = [red, green, blue, opacity].map((level) => (level === undefined ? NaN : Number(level)));
      if (!levels.every((level) => level <= 255)) return `line ${at + 1} is not a colour`;
      const [r = 0, g = 0, b = 0, o = 255] = levels;
      const ownName = hasOpacity ? rest : [fourth, rest].filter(Boolean).join(' ');
      // What GIMP writes where a colour has no name.
      const isNamed = ownName !== '' && ownName !== 'Untitled';
      colours.push({ red: r, green: g, blue: b, opacity: o, name: isNamed ? plainName(ownName) : '' });
    }
    return { name, colours };
  },
  write({ name, colours }) {
    const hasOpacity = colours.some(({ opacity }) => opacity < 255);
    const level = (value: number): string => String(value).padStart(3);
    const lines = colours.map((colour) => {
      const { red, green, blue, opacity } = colour;
      const levels = [red, green, blue, ...(hasOpacity ? [opacity] : [])].map(level).join(' ');
      return `${levels}\t${plainName(colour.name) || 'Untitled'}`;
    });
    const head = ['GIMP Palette', `Name: ${plainName(name)}`, ...(hasOpacity ? ['Channels: RGBA'] : []), '#'];
    return Buffer.from(`${[...head, ...lines].join('\n')}\n`, 'utf8');
  },
};
