import type { GridPoint } from '../../../shared/selection';

/** Tells the points of a grid apart. */
export const nameOf = ({ model, components }: GridPoint): string => `${model} ${components}`;
