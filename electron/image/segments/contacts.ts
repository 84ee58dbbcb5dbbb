import type { ConnectedRegions } from './connectedRegions';

/** The sides and corners at which small regions touch other regions. */
export interface Contacts {
  /** For each small region where its contacts begin, then their number: region r ends where r + 1 starts. */
  readonly starts: Int32Array;
  /** A region that is touched along one pixel side; -1 - region when it is touched at a corner only. */
  readonly touched: Int32Array;
}

/**
 * Lists the contacts of the regions from `firstSmall` on; the others' outlines can be long, and are not asked for.
 * Corners count where they connect.
 */
export function contactsOfSmall(regions: ConnectedRegions, firstSmall: number): Contacts {
  // First counted, then listed: the list is as long as all outlines together.
  const starts = new Int32Array(regions.count - firstSmall + 1);
  walkContacts(regions, firstSmall, starts, null);
  let total = 0;
  for (let i = 0; i < starts.length; i++) {
    const own = starts[i];
    starts[i] = total;
    total += own;
  }
  const touched = new Int32Array(total);
  walkContacts(regions, firstSmall, starts.slice(), touched);
  return { starts, touched };
}

/** Moves `next` of each small region on by its contacts, which are written there unless `touched` is null. */
function walkContacts(
  { width, height, label, connectivity }: ConnectedRegions,
  firstSmall: number,
  next: Int32Array,
  touched: Int32Array | null,
): void {
  const list = (own: number, contact: number): void => {
    if (own < firstSmall) return;
    const at = next[own - firstSmall]++;
    if (touched !== null) touched[at] = contact;
  };
  for (let y = 0; y < height; y++) {
    const hasBelow = y + 1 < height;
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const own = label[i];
      if (x + 1 < width && label[i + 1] !== own) {
        list(own, label[i + 1]);
        list(label[i + 1], own);
      }
      if (!hasBelow) continue;
      if (label[i + width] !== own) {
        list(own, label[i + width]);
        list(label[i + width], own);
      }
      if (connectivity === 4) continue;
      for (const step of [-1, 1]) {
        if (x + step < 0 || x + step >= width) continue;
        const other = label[i + width + step];
        if (other === own) continue;
        list(own, -1 - other);
        list(other, -1 - own);
      }
    }
  }
}
