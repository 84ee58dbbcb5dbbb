import { expect, test } from 'vitest';
import { FrameRecord } from '../../../electron/engine/drive/frames';
import type { Params } from '../../../electron/engine/model';

/** The iterations kept of a run of fifty. */
function iterationsKept(params: Params, numbers?: number): number[] {
  const record = new FrameRecord(numbers);
  for (let iteration = 0; iteration <= 50; iteration++) record.add({ iteration, objective: 0, params });
  return record.frames().map(({ iteration }) => iteration);
}

const weight = Float64Array.of(0.5, 0.5);
const mean = new Float64Array(8);

test('a short run keeps every iteration, one with little room every second, fourth, ... and the last', () => {
  expect(iterationsKept({ weight, mean })).toEqual(Array.from({ length: 51 }, (_, i) => i));
  // Room for eight frames of ten numbers: seven at every eighth iteration, and the last.
  expect(iterationsKept({ weight, mean }, 80)).toEqual([0, 8, 16, 24, 32, 40, 48, 50]);
});
