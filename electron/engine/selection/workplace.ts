import type { Kernels } from '../../kernels/kernels';
import type { Rows } from '../model';
import type { KMeansPasses } from './fitBest';
import { placePlainly, type PlaceRows } from './part';

/** Where the rows of many fits lie, one after the other, and what they run on. */
export interface Workplace {
  readonly kernels: Kernels;
  /** What was placed before is gone. */
  readonly place: PlaceRows;
  /** Of the rows placed last; null: there are none. */
  kMeansPasses(rows: Rows, components: number): KMeansPasses | null;
}

/** A workplace without a memory of its own. */
export const plainWorkplace = (kernels: Kernels): Workplace => ({
  kernels,
  place: placePlainly,
  kMeansPasses: () => null,
});
