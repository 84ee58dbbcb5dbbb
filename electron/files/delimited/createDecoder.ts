import { TextDecoder } from 'node:util';
import type { Encoding } from '../../../shared/table';

/** Turns pieces of a file into text, holding back a character that is split between two pieces. */
export interface Decoder {
  /** `isLast`: nothing follows, so what was held back is damaged and becomes U+FFFD. */
  decode(bytes: Uint8Array, isLast: boolean): string;
}

/**
 * What Windows-1252 has at 0x80 to 0x9f, by the WHATWG Encoding Standard. Not left to TextDecoder: Node 20 to 23
 * decode Windows-1252 as Latin-1 on their fast path.
 */
const windowsCharacters =
  '\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f' +
  '\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178';

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** A decoder for one file, read once from its beginning. A byte order mark at the start is left out. */
export function createDecoder(encoding: Encoding): Decoder {
  switch (encoding) {
    case 'utf-8':
    case 'utf-16le':
    case 'utf-16be': {
      const decoder = new TextDecoder(encoding);
      return { decode: (bytes, isLast) => decoder.decode(bytes, { stream: !isLast }) };
    }
    case 'iso-8859-1':
      return { decode: (bytes) => asBuffer(bytes).toString('latin1') };
    case 'windows-1252':
      return {
        decode: (bytes) =>
          asBuffer(bytes)
            .toString('latin1')
            .replace(/[\x80-\x9f]/g, (character) => windowsCharacters.charAt(character.charCodeAt(0) - 0x80)),
      };
  }
}
