import { maxColours, type PaletteFormat } from './palette';

const tableBytes = 3 * maxColours;

/**
 * Adobe's colour table .act: 256 times red, green, blue; then, where there are fewer colours, their number and the
 * number of the one that is transparent (0xffff: none), two bytes each, the upper first; some programs leave the number 0
 * and mean all. It keeps no names, and of opacities only one colour's that is 0.
 *
 * Source: Adobe Photoshop File Formats Specification (2019), "Color Table".
 */
export const actPalette: PaletteFormat = {
  read(bytes) {
    if (bytes.length !== tableBytes && bytes.length !== tableBytes + 4) {
      return `it has ${bytes.length} bytes; a colour table has ${tableBytes} or ${tableBytes + 4}`;
    }
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const hasEnd = bytes.length > tableBytes;
    const told = hasEnd ? view.getUint16(tableBytes) : 0;
    const count = told || maxColours;
    const clear = told > 0 ? view.getUint16(tableBytes + 2) : 0xffff;
    if (count > maxColours) return `it tells of ${count} colours`;
    const colours = Array.from({ length: count }, (_, colour) => ({
      red: view.getUint8(3 * colour),
      green: view.getUint8(3 * colour + 1),
      blue: view.getUint8(3 * colour + 2),
      opacity: colour === clear ? 0 : 255,
      name: '',
    }));
    return { name: '', colours };
  },
  write({ colours }) {
    const bytes = Buffer.alloc(tableBytes + 4);
    for (const [at, { red, green, blue }] of colours.entries()) bytes.set([red, green, blue], 3 * at);
    const clear = colours.findIndex(({ opacity }) => opacity === 0);
    bytes.writeUInt16BE(colours.length, tableBytes);
    bytes.writeUInt16BE(clear < 0 ? 0xffff : clear, tableBytes + 2);
    return bytes;
  },
};
