import { swatchColour, swatchModels, type SwatchColour } from './adobeColour';
import { maxColours, plainName, type NamedColour, type PaletteFile, type PaletteFormat } from './palette';

const signature = 'ASEF';
const groupStart = 0xc001;
const groupEnd = 0xc002;
const colourEntry = 0x0001;

/**
 * Adobe's swatch exchange .ase: blocks with lengths, names in UTF-16, levels as floating-point numbers. RGB, grey,
 * Lab and CMYK are read; the file has no profile, so CMYK is estimated. Groups are read one after another, by the name of
 * the first. It keeps no opacities. The format was never published; source: the description at
 * http://www.selapa.net/swatches/colors/fileformats.php#adobe_ase.
 */
export const asePalette: PaletteFormat = {
  read(bytes) {
    const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (file.length < 12 || file.toString('latin1', 0, 4) !== signature) return 'it does not begin with ASEF';
    let name = '';
    const colours: NamedColour[] = [];
    let estimated = 0;
    const blocks = file.readUInt32BE(8);
    let at = 12;
    for (let block = 0; block < blocks; block++) {
      if (at + 6 > file.length) return 'it is cut off';
      const type = file.readUInt16BE(at);
      const end = at + 6 + file.readUInt32BE(at + 2);
      if (end > file.length) return 'it is cut off';
      const body = file.subarray(at + 6, end);
      at = end;
      if (type === groupStart && name === '') name = textAt(body)?.text ?? '';
      if (type !== colourEntry) continue;
      const colour = colourOf(body);
      if (typeof colour === 'string') return `colour ${colours.length + 1} ${colour}`;
      const { isEstimated, ...named } = colour;
      colours.push(named);
      if (isEstimated) estimated++;
      if (colours.length > maxColours) break;
    }
    return { name, colours, ...(estimated > 0 && { estimated }) };
  },
  write: ({ name, colours }: PaletteFile) => {
    const blocks = colours.map((colour) => {
      const text = textBytes(colour.name);
      const body = Buffer.alloc(text.length + 18);
      text.copy(body);
      body.write('RGB ', text.length, 'latin1');
      for (const [position, level] of [colour.red, colour.green, colour.blue].entries()) {
        body.writeFloatBE(level / 255, text.length + 4 + 4 * position);
      }
      return block(colourEntry, body);
    });
    const all =
      name === ''
        ? blocks
        : [block(groupStart, textBytes(name)), ...blocks, block(groupEnd, Buffer.alloc(0))];
    const head = Buffer.alloc(12);
    head.write(signature, 0, 'latin1');
    head.writeUInt16BE(1, 4);
    head.writeUInt32BE(all.length, 8);
    return Buffer.concat([head, ...all]);
  },
};

function block(type: number, body: Buffer): Buffer {
  const head = Buffer.alloc(6);
  head.writeUInt16BE(type, 0);
  head.writeUInt32BE(body.length, 2);
  return Buffer.concat([head, body]);
}

/** A text with its length in units before it and a zero behind. */
function textBytes(text: string): Buffer {
  const units = Buffer.from(`${plainName(text)}\0`, 'utf16le').swap16();
  const length = Buffer.alloc(2);
  length.writeUInt16BE(units.length / 2, 0);
  return Buffer.concat([length, units]);
}

function textAt(body: Buffer): { text: string; end: number } | null {
  if (body.length < 2) return null;
  const end = 2 + 2 * body.readUInt16BE(0);
  if (end > body.length) return null;
  const text = Buffer.from(body.subarray(2, end)).swap16().toString('utf16le');
  return { text: plainName(text.replace(/\0$/, '')), end };
}

function colourOf(body: Buffer): (NamedColour & SwatchColour) | string {
  const name = textAt(body);
  if (name === null || body.length < name.end + 4) return 'is cut off';
  const called = body.toString('latin1', name.end, name.end + 4);
  const model = swatchModels[called.toUpperCase()];
  if (model === undefined) return `is of the model "${plainName(called)}", which is not read`;
  const { channels } = model;
  if (body.length < name.end + 4 + 4 * channels) return 'is cut off';
  const levels = Array.from({ length: channels }, (_, i) => body.readFloatBE(name.end + 4 + 4 * i));
  const colour = swatchColour(model, levels);
  return colour === null ? 'has a level beyond what there is' : { ...colour, name: name.text };
}
