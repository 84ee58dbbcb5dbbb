import type { Colour } from '../../../shared/image/quantisation';
import { connectedRegions, rootOf, type ConnectedRegions, type Connectivity } from './connectedRegions';
import { contactsOfSmall, type Contacts } from './contacts';

/**
 * Paints regions of fewer than `smallest` pixels over with the colour of a neighbour, until none is left: again and again
 * the smallest region (of equal ones the last in the order of regions) joins the neighbour with which it shares the
 * longest border, in pixel sides; of equal borders that of the nearest colour, then the larger. What then touches in one
 * colour is one region.
 *
 * Wholly transparent regions stay as they are: they neither join nor are joined. So a region can stay small only where
 * it has no neighbour, or transparent ones alone.
 *
 * index     palette index of each pixel; a new one is returned
 * palette   for ties and transparency; nearest by the square of the difference in sRGB and opacity
 * smallest  pixels that a region needs to stay
 */
export function mergeSmallRegions(
  index: Uint8Array,
  width: number,
  height: number,
  palette: readonly Colour[],
  smallest: number,
  connectivity: Connectivity = 4,
): Uint8Array {
  const regions = connectedRegions(index, width, height, connectivity);
  const colourOf = new Merging(regions, palette, smallest).run();
  const merged = new Uint8Array(index.length);
  for (let i = 0; i < merged.length; i++) merged[i] = colourOf[regions.label[i]];
  return merged;
}

/** The graph of regions while small ones join their neighbours. A merged region has the lowest number of its parts. */
class Merging {
  private readonly parent: Int32Array;
  /** Pixels of each region as it was found, and as it is. */
  private readonly firstArea: Int32Array;
  private readonly area: Int32Array;
  private readonly colour: Uint8Array;
  /** The parts of a merged region, as a ring. Only those of regions that are small are ever walked: small parts. */
  private readonly nextPart: Int32Array;
  private readonly firstSmall: number;
  private readonly contacts: Contacts;
  /** Pixel sides that the region being merged shares with each neighbour; -1 for all others. */
  private readonly border: Int32Array;
  /** Regions that grew and are still small, by the area they had when they came here; some have grown again since. */
  private readonly grown = new Map<number, number[]>();

  constructor(
    regions: ConnectedRegions,
    private readonly palette: readonly Colour[],
    private readonly smallest: number,
  ) {
    const { count, area, paletteIndex } = regions;
    this.parent = new Int32Array(count);
    for (let region = 0; region < count; region++) this.parent[region] = region;
    this.nextPart = this.parent.slice();
    this.firstArea = area;
    this.area = area.slice();
    this.colour = paletteIndex.slice();
    this.border = new Int32Array(count).fill(-1);
    const firstSmall = area.findIndex((own) => own < smallest);
    this.firstSmall = firstSmall < 0 ? count : firstSmall;
    this.contacts = contactsOfSmall(regions, this.firstSmall);
  }

  /** Palette index of each of the regions there were. */
  run(): Uint8Array {
    let end = this.area.length;
    const largest = this.area.length === 0 ? 0 : this.area[0];
    // What a region of this area becomes is larger, so all of this area are known when their turn comes.
    for (let area = 1; area < this.smallest && (area <= largest || this.grown.size > 0); area++) {
      let first = end;
      while (first > 0 && this.firstArea[first - 1] === area) first--;
      if (first === end && !this.grown.has(area)) continue;
      for (const region of this.takeWaiting(area, first, end)) {
        if (rootOf(this.parent, region) === region && this.area[region] === area) this.mergeAway(region);
      }
      end = first;
    }
    return this.colour.map((_, region) => this.colour[rootOf(this.parent, region)]);
  }

  /** All that had this area at first, which are those from `first` to `end`, or have it since; the last one first. */
  private takeWaiting(area: number, first: number, end: number): Int32Array {
    const grown = this.grown.get(area) ?? [];
    this.grown.delete(area);
    const all = new Int32Array(end - first + grown.length);
    for (let i = first; i < end; i++) all[i - first] = i;
    all.set(grown, end - first);
    return all.sort().reverse();
  }

  private wait(region: number): void {
    const area = this.area[region];
    if (area >= this.smallest) return;
    const equal = this.grown.get(area);
    if (equal === undefined) this.grown.set(area, [region]);
    else equal.push(region);
  }

  private mergeAway(region: number): void {
    if (this.isTransparent(region)) return;
    const neighbours = this.neighboursOf(region);
    let best = -1;
    for (const other of neighbours) if (best < 0 || this.isBetter(region, other, best)) best = other;
    const colour = best < 0 ? -1 : this.colour[best];
    let merged = region;
    for (const other of neighbours) {
      this.border[other] = -1;
      if (this.colour[other] === colour) merged = this.unite(merged, other);
    }
    if (best >= 0) {
      this.colour[merged] = colour;
      this.wait(merged);
    }
  }

  /** The regions that touch one, each once, with `border` filled; wholly transparent ones left out. */
  private neighboursOf(region: number): number[] {
    const { starts, touched } = this.contacts;
    const found: number[] = [];
    let part = region;
    do {
      const end = starts[part - this.firstSmall + 1];
      for (let at = starts[part - this.firstSmall]; at < end; at++) {
        const isCorner = touched[at] < 0;
        const other = rootOf(this.parent, isCorner ? -1 - touched[at] : touched[at]);
        if (other === region || this.isTransparent(other)) continue;
        if (this.border[other] < 0) {
          this.border[other] = 0;
          found.push(other);
        }
        if (!isCorner) this.border[other]++;
      }
      part = this.nextPart[part];
    } while (part !== region);
    return found;
  }

  private isTransparent(region: number): boolean {
    return this.palette[this.colour[region]].opacity === 0;
  }

  /** Whether a region joins `one` rather than `other`. */
  private isBetter(region: number, one: number, other: number): boolean {
    if (this.border[one] !== this.border[other]) return this.border[one] > this.border[other];
    const own = this.palette[this.colour[region]];
    const nearer =
      squaredDifference(own, this.palette[this.colour[one]]) -
      squaredDifference(own, this.palette[this.colour[other]]);
    return nearer === 0 ? one < other : nearer < 0;
  }

  private unite(one: number, other: number): number {
    const [kept, gone] = one < other ? [one, other] : [other, one];
    this.parent[gone] = kept;
    this.area[kept] += this.area[gone];
    // Two rings become one when two of their members swap what comes next.
    const next = this.nextPart[kept];
    this.nextPart[kept] = this.nextPart[gone];
    this.nextPart[gone] = next;
    return kept;
  }
}

function squaredDifference(one: Colour, other: Colour): number {
  return (
    (one.red - other.red) ** 2 +
    (one.green - other.green) ** 2 +
    (one.blue - other.blue) ** 2 +
    (one.opacity - other.opacity) ** 2
  );
}
