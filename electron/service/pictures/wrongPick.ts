import type { Failure } from '../../../shared/failure';
import type { SegmentPick } from '../../../shared/image/segmentation';
import type { SharedSegmentation } from '../../pictures/sharedSegmentation';
import { notThere } from './notThere';

/** Why there is no such pick of a segmentation; null: there is. */
export function wrongPick(pick: SegmentPick, { regions, covers }: SharedSegmentation): Failure | null {
  if (pick.kind === 'colour')
    return pick.at < covers.length ? null : notThere('pick.at', 'colours', covers.length);
  return pick.region < regions.count ? null : notThere('pick.region', 'regions', regions.count);
}
