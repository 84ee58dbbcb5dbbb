import { formatCount, formatCounted } from '../format';

/** What was read of a palette file, in words; inks have no exact colour without the profile of their press. */
export function paletteText(colours: number, estimated: number): string {
  const counted = formatCounted(colours, 'colour');
  return estimated === 0
    ? counted
    : `${counted}, ${formatCount(estimated)} of them CMYK without a profile: about so`;
}
