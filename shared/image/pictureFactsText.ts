import { hasReadableFrames, type PictureFacts } from './pictureFacts';

/** What a person should know about how a picture was read, a sentence each; nothing where it was taken as it is. */
export function pictureNotices(facts: PictureFacts): string[] {
  const notices: string[] = [];
  if (facts.hasFaults) {
    notices.push('The file has faults: parts of the picture may be wrong. Compare it with another copy.');
  }
  if (facts.bits > 8) {
    notices.push(`${facts.bits} bits a channel were reduced to 8: finer shades are lost.`);
  }
  if (facts.profile !== null) notices.push(`Colours were converted from "${facts.profile}" to sRGB.`);
  if (facts.unapplied !== null)
    notices.push(
      `Its colours were taken as sRGB, though it notes ${facts.unapplied}: they may look different.`,
    );
  if (facts.colours === 'cmyk') notices.push('Printing colours (CMYK) were converted to sRGB.');
  if (facts.orientation !== 1) notices.push('It was turned upright, as its camera noted.');
  if (facts.frames > 1 && !hasReadableFrames(facts))
    notices.push(`It holds ${facts.frames} pictures; of an animated PNG the first is read.`);
  return notices;
}
