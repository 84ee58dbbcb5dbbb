import type { LineSeriesOption } from 'echarts';
import { expect, test } from 'vitest';
import { distortionTraceChart } from '../../renderer/charts/distortionTraceChart';
import {
  curveMeasures,
  curvePointNear,
  qualityCurveChart,
  type QualityCurveView,
} from '../../renderer/charts/qualityCurveChart';
import type { CurvePoint } from '../../shared/image/painting';
import { hasFunction, rounded, testTheme } from './theme';

const point = (colours: number, psnr: number | null): CurvePoint => ({
  colours,
  bitsPerPixel: Math.ceil(Math.log2(colours)),
  bytes: 500 * colours,
  quality: { mse: psnr === null ? 0 : 50, psnr, ssim: 0.9 },
  distortion: psnr === null ? 0 : 1e6 / colours,
});
const view: QualityCurveView = {
  measure: 'psnr',
  points: [point(2, 20), point(16, 30), point(64, 36)],
  shown: 16,
  pointed: 64,
};
const dataOf = (of: QualityCurveView, id: string): unknown =>
  (qualityCurveChart(of, testTheme).series as LineSeriesOption[]).find((one) => one.id === id)!.data;

test('the curve has a mark for each number of colours, and rings for those shown and pointed at', () => {
  expect(dataOf(view, 'curve')).toEqual([
    [2, 20],
    [16, 30],
    [64, 36],
  ]);
  expect(dataOf(view, 'shown')).toEqual([[16, 30]]);
  expect(dataOf(view, 'pointed')).toEqual([[64, 36]]);
});

test('pictures without a difference have no place on the axes of PSNR and J', () => {
  const equal = { ...view, points: [point(2, 20), point(4, null)] };
  expect(dataOf(equal, 'curve')).toEqual([[2, 20]]);
  expect(dataOf({ ...equal, measure: 'distortion' }, 'curve')).toHaveLength(1);
  expect(dataOf({ ...equal, measure: 'ssim' }, 'curve')).toHaveLength(2);
});

test('no measure needs a function, and an empty curve can be drawn', () => {
  for (const measure of curveMeasures) {
    expect(hasFunction(qualityCurveChart({ ...view, measure }, testTheme))).toBe(false);
    expect(dataOf({ ...view, measure, points: [] }, 'curve')).toEqual([]);
  }
  expect(rounded(qualityCurveChart(view, testTheme))).toMatchSnapshot();
});

test('the point near a place is looked for in doublings, and none is near beyond half of one', () => {
  expect(curvePointNear(view.points, 20)?.colours).toBe(16);
  expect(curvePointNear(view.points, 24)).toBeNull();
  expect(curvePointNear([], 24)).toBeNull();
});

test('restarts are points, and the line of the best one begins behind them', () => {
  const option = distortionTraceChart(
    { objective: 'distortion', restarts: [90, 70, 80], path: [70, 60], label: '' },
    testTheme,
  );
  const [restarts, path] = option.series as LineSeriesOption[];
  expect(restarts.data).toEqual([
    [0, 90],
    [1, 70],
    [2, 80],
  ]);
  expect(path.data).toEqual([
    [3, 70],
    [4, 60],
  ]);
  expect(option.xAxis).toMatchObject({ name: 'restarts, then iterations', max: 4 });
  expect(hasFunction(option)).toBe(false);
});

test('a finished fit is drawn by iteration, with its value at the end', () => {
  const option = distortionTraceChart(
    { objective: 'logLikelihood', restarts: [], path: Float64Array.of(-9, -5), label: '-5' },
    testTheme,
  );
  expect(option.xAxis).toMatchObject({ name: 'iteration', max: 1 });
  expect(rounded(option)).toMatchSnapshot();
});
