/**
 * The name in a colour profile: tag desc, as text (ICC.1:2001, 6.5.17) or in several languages (ICC.1:2022, 10.15), of
 * which the first is taken. 'unnamed' where there is none. Nothing in the profile is relied on.
 */
export function profileName(profile: Uint8Array): string {
  const bytes = Buffer.from(profile.buffer, profile.byteOffset, profile.byteLength);
  const tag = findTag(bytes, 'desc');
  const name =
    tag === null
      ? ''
      : descriptionText(tag)
          .replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '')
          .trim();
  return name === '' ? 'unnamed' : name;
}

function findTag(bytes: Buffer, name: string): Buffer | null {
  if (bytes.length < 132) return null;
  const tags = Math.min(bytes.readUInt32BE(128), Math.floor((bytes.length - 132) / 12));
  for (let tag = 0; tag < tags; tag++) {
    const at = 132 + 12 * tag;
    if (bytes.toString('latin1', at, at + 4) !== name) continue;
    const start = bytes.readUInt32BE(at + 4);
    return bytes.subarray(start, start + bytes.readUInt32BE(at + 8));
  }
  return null;
}

function descriptionText(tag: Buffer): string {
  const type = tag.toString('latin1', 0, 4);
  if (type === 'desc' && tag.length >= 12) {
    return tag.toString('latin1', 12, Math.min(12 + tag.readUInt32BE(8), 112));
  }
  if (type !== 'mluc' || tag.length < 28) return '';
  const start = tag.readUInt32BE(24);
  const text = Buffer.from(tag.subarray(start, start + Math.min(tag.readUInt32BE(20), 200)));
  return text.length % 2 === 0 ? text.swap16().toString('utf16le') : '';
}
