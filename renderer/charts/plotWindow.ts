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

/** A part chosen along one of several parallel axes, in its units or, of names, by their places. */
export interface AxisPart {
  readonly axis: number;
  readonly from: number;
  readonly to: number;
}
