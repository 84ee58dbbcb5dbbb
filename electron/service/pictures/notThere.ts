import type { Failure } from '../../../shared/failure';
import type { Pixels } from '../../../shared/image/pixels';

/** The failure for a number of one of `count` things, counted from 0, that is past the last. */
export const notThere = (path: string, things: string, count: number): Failure => ({
  kind: 'badRequest',
  path,
  problem: `there are ${count} ${things}, counted from 0`,
});

/** The failure for a place outside a picture. */
export const outside = (path: string, { width, height }: Pick<Pixels, 'width' | 'height'>): Failure => ({
  kind: 'badRequest',
  path,
  problem: `the picture has ${width} x ${height} pixels`,
});
