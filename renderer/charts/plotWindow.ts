import type { Range } from '../../shared/range';

/** The part of a plane a chart has in sight, and where on the chart it lies, in CSS pixels. */
export interface PlotWindow {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly x: Range;
  readonly y: Range;
}
