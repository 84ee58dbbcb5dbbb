import type { EChartsOption, LineSeriesOption } from 'echarts';
import type { CurvePoint } from '../../shared/image/painting';
import { roundRange } from '../../shared/range';
import { doublingAxis, plotGrid, powersAxis, verticalAxis, withRange } from './axes';
import { textOverMarks, type ChartTheme } from './chartTheme';

/** What a picture of so many colours comes to. */
export const curveMeasures = ['psnr', 'ssim', 'bytes', 'bitsPerPixel', 'distortion'] as const;
export type CurveMeasure = (typeof curveMeasures)[number];

export interface QualityCurveView {
  readonly measure: CurveMeasure;
  /** By number of colours, ascending. */
  readonly points: readonly CurvePoint[];
  /** Marked by an upright line, and a ring and a word where it is on the curve; null: none is shown. */
  readonly shown: number | null;
  /** Under the pointer, or walked to. */
  readonly pointed: number | null;
}

const axisNames: Readonly<Record<CurveMeasure, string>> = {
  psnr: 'PSNR in dB (higher is better)',
  ssim: 'SSIM (higher is better)',
  bytes: 'file in kB',
  bitsPerPixel: 'bits per pixel',
  distortion: 'J (lower is better)',
};

/** The value of a point as it is drawn; null where it has none: equal pictures have no PSNR. */
function curveValue(
  { quality, bytes, bitsPerPixel, distortion }: CurvePoint,
  measure: CurveMeasure,
): number | null {
  switch (measure) {
    case 'psnr':
      return quality.psnr;
    case 'ssim':
      return quality.ssim;
    case 'bytes':
      return bytes / 1000;
    case 'bitsPerPixel':
      return bitsPerPixel;
    case 'distortion':
      return distortion > 0 ? Math.log10(distortion) : null;
  }
}

/** One colour is no picture; its point would take the room of the others. */
const fewest = 2;
/** With room for half a mark, so that those at the ends can be clicked. */
const ends = { min: 1.85, max: 277 };

/**
 * One measure against the number of colours, which doubles at even steps. J is drawn by its power of ten: it falls by
 * a like share at every doubling.
 */
export function qualityCurveChart(view: QualityCurveView, theme: ChartTheme): EChartsOption {
  const { measure, points, shown, pointed } = view;
  const places = points.flatMap((point): [number, number][] => {
    const value = curveValue(point, measure);
    return value === null || point.colours < fewest ? [] : [[point.colours, value]];
  });
  const range = roundRange(places.map(([, value]) => value));
  const name = axisNames[measure];
  const powers = { min: Math.floor(range.min), max: Math.ceil(range.max) };
  const up =
    measure === 'distortion'
      ? powersAxis(name, theme, powers)
      : withRange(verticalAxis(name, theme, measure === 'bitsPerPixel'), range);
  const height = measure === 'distortion' ? powers : range;
  const cursor: [number, number][] =
    shown === null || places.length === 0
      ? []
      : [
          [shown, height.min],
          [shown, height.max],
        ];
  const at = (colours: number | null): [number, number][] => places.filter(([own]) => own === colours);
  return {
    animation: false,
    grid: { ...plotGrid, top: 26 },
    xAxis: doublingAxis('number of colours', theme, ends, [2, 4, 16, 64, 256]),
    // Without a value there is nothing to measure.
    yAxis: { ...up, show: places.length > 0 },
    series: [
      {
        ...marks('cursor', cursor, theme, 2),
        showSymbol: false,
        lineStyle: { color: theme.hairline, width: 6 },
      },
      {
        ...marks('curve', places, theme, 3),
        type: 'line',
        showSymbol: true,
        symbolSize: 6,
        lineStyle: { color: theme.accent, width: 1.5 },
      },
      { ...ring('pointed', at(pointed), theme, 10, 1), lineStyle: { width: 0 } },
      {
        ...ring('shown', at(shown), theme, 12, 2),
        lineStyle: { width: 0 },
        label: {
          show: true,
          formatter: 'shown',
          // Beside the curve, on the side it leaves free.
          position: places.length > 1 && places[0][1] > places[places.length - 1][1] ? 'top' : 'bottom',
          align: (shown ?? 0) > 128 ? 'right' : 'left',
          ...textOverMarks(theme),
        },
      },
    ],
  };
}

function marks(id: string, data: [number, number][], theme: ChartTheme, z: number): LineSeriesOption {
  return {
    id,
    type: 'line',
    data,
    silent: true,
    symbol: 'circle',
    itemStyle: { color: theme.accent },
    z,
  };
}

function ring(
  id: string,
  data: [number, number][],
  theme: ChartTheme,
  symbolSize: number,
  width: number,
): LineSeriesOption {
  return {
    ...marks(id, data, theme, 4),
    showSymbol: true,
    symbolSize,
    itemStyle: { color: theme.surface, borderColor: theme.text, borderWidth: width },
  };
}

/** The point nearest to a place along the axis of colours, as far as a doubling goes; null: none is near. */
export function curvePointNear(points: readonly CurvePoint[], colours: number): CurvePoint | null {
  const distance = (point: CurvePoint): number => Math.abs(Math.log2(point.colours / colours));
  const nearest = points.reduce<CurvePoint | null>(
    (best, point) => (best === null || distance(point) < distance(best) ? point : best),
    null,
  );
  return nearest !== null && distance(nearest) < 0.5 ? nearest : null;
}
