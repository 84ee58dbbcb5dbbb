import type { PictureFormat } from '../../../shared/image/pictureFacts';

/** What a file notes of its colours beside a profile, where the decoder takes them as sRGB. */
export interface ColourNotes {
  /** Levels are brightnesses of a screen of high dynamic range: as sRGB they would be wrong. */
  readonly isHighRange: boolean;
  /** What was noted and not applied, in words; null: nothing, or sRGB itself. */
  readonly unapplied: string | null;
}

const nothing: ColourNotes = { isHighRange: false, unapplied: null };

/** The gamma of a PNG that shows as sRGB does: 1 / 2.2, times 100,000. */
const usualGamma = 45_455;

/** Notes of a PNG (W3C PNG 3rd edition, 11.3.2) or AVIF (ISO/IEC 23000-22). Nothing in the file is relied on. */
export function colourNotes(bytes: Uint8Array, format: PictureFormat): ColourNotes {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (format === 'png') return ofPng(file);
  // Of the box colr with numbers, which lies before the pixels.
  const at = format === 'avif' ? file.subarray(0, 1 << 16).indexOf('colrnclx', 0, 'latin1') : -1;
  if (at < 0 || at + 12 > file.length) return nothing;
  return byNumbers(file.readUInt16BE(at + 8), file.readUInt16BE(at + 10));
}

function ofPng(file: Buffer): ColourNotes {
  let gamma = usualGamma;
  for (let at = 8; at + 12 <= file.length;) {
    const type = file.toString('latin1', at + 4, at + 8);
    if (type === 'IDAT') break;
    // The first of these that is there counts; all stand before the pixels.
    if (type === 'cICP') return byNumbers(file[at + 8] ?? 2, file[at + 9] ?? 2);
    if (type === 'sRGB' || type === 'iCCP') return nothing;
    if (type === 'gAMA') gamma = file.readUInt32BE(at + 8);
    at += 12 + file.readUInt32BE(at);
  }
  const isUsual = Math.abs(gamma - usualGamma) < usualGamma / 20;
  return isUsual ? nothing : { isHighRange: false, unapplied: `a gamma of ${gamma / 100_000}` };
}

/** Primaries and transfer by ITU-T H.273, tables 2 and 3. */
function byNumbers(primaries: number, transfer: number): ColourNotes {
  const name = { 9: 'BT.2020', 11: 'DCI-P3', 12: 'Display P3' }[primaries];
  return {
    isHighRange: transfer === 16 || transfer === 18,
    unapplied: name === undefined ? null : `colours of ${name}`,
  };
}
