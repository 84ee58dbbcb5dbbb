import { expect, test } from 'vitest';
import { formatAxisNumber, withAxisNumbers } from '../../renderer/charts/axisNumbers';

test.each([
  [0, '0'],
  [-9_060_000, '-9,060,000'],
  [0.25, '0.25'],
  [0.1 + 0.2, '0.3'],
  [4e-12, '4e-12'],
  [0.000_000_000_004_000_000_000_000_1, '4e-12'],
  [1.2e16, '1.2e16'],
  [-1e15, '-1e15'],
])('%d is %s on an axis', (value, text) => {
  expect(formatAxisNumber(value)).toBe(text);
});

test('large neighbours on an axis are told apart', () => {
  expect(formatAxisNumber(1_000_000_001_000)).not.toBe(formatAxisNumber(1_000_000_002_000));
});

test('only axes of numbers without words of their own are given some', () => {
  const written = withAxisNumbers({
    xAxis: { type: 'category', axisLabel: { color: 'red' } },
    yAxis: [{ type: 'value', axisLabel: { formatter: '1e{value}' } }, { type: 'value' }],
  });
  expect(written).toEqual({
    xAxis: { type: 'category', axisLabel: { color: 'red' } },
    yAxis: [
      { type: 'value', axisLabel: { formatter: '1e{value}' } },
      { type: 'value', axisLabel: { formatter: expect.any(Function) as unknown } },
    ],
  });
});

test.each([
  ['thousandths', { min: -188.377, max: -188.374 }, -188.375, '-188.3750'],
  ['tenths', { min: 0, max: 1 }, 0, '0.0'],
  ['counts', { min: 0, max: 1, minInterval: 1 }, 1, '1'],
  ['wholes', { min: -1130, max: -1112 }, -1114, '-1,114'],
  ['ends unknown', {}, 0.5, '0.5'],
])('numbers of an axis of %s have equally many digits behind the point', (_, ends, value, text) => {
  const { yAxis } = withAxisNumbers({ yAxis: { type: 'value', ...ends } });
  const { formatter } = (yAxis as { axisLabel: { formatter: (value: number) => string } }).axisLabel;
  expect(formatter(value)).toBe(text);
});
