/**
 * Regions that wait, the smallest first; among equals the one with the highest number. A binary heap whose entries keep
 * the area they came with, so that an entry is out of date when the region has another area since.
 */
export class SmallestFirst {
  private readonly areas: number[] = [];
  private readonly regions: number[] = [];

  get isEmpty(): boolean {
    return this.areas.length === 0;
  }

  add(area: number, region: number): void {
    let at = this.areas.push(area) - 1;
    this.regions.push(region);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.isBefore(at, parent)) return;
      this.swap(at, parent);
      at = parent;
    }
  }

  /** Takes the first out; there must be one. */
  take(): { readonly area: number; readonly region: number } {
    const first = { area: this.areas[0], region: this.regions[0] };
    const last = this.areas.length - 1;
    this.swap(0, last);
    this.areas.pop();
    this.regions.pop();
    for (let at = 0; ;) {
      let child = 2 * at + 1;
      if (child >= last) break;
      if (child + 1 < last && this.isBefore(child + 1, child)) child++;
      if (!this.isBefore(child, at)) break;
      this.swap(child, at);
      at = child;
    }
    return first;
  }

  private isBefore(one: number, other: number): boolean {
    const difference = this.areas[one] - this.areas[other];
    return difference < 0 || (difference === 0 && this.regions[one] > this.regions[other]);
  }

  private swap(one: number, other: number): void {
    const area = this.areas[one];
    const region = this.regions[one];
    this.areas[one] = this.areas[other];
    this.regions[one] = this.regions[other];
    this.areas[other] = area;
    this.regions[other] = region;
  }
}
