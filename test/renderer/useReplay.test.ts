import { flushPromises } from '@vue/test-utils';
import { effectScope, ref } from 'vue';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useReplay, type Frame, type Replay } from '../../renderer/composables/useReplay';
import { fitId, type FitId } from '../../shared/ids';
import { FakeService } from './fakeService';
import { faithfulSummary } from './fitFixtures';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const framesOf = (count: number): Frame[] =>
  Array.from({ length: count }, (_, iteration) => ({
    iteration,
    objective: -1200 + iteration,
    parameters: faithfulSummary().parameters,
  }));

async function replaying(
  count: number,
): Promise<{ replay: Replay; service: FakeService; fit: { value: FitId } }> {
  const service = new FakeService();
  const fit = ref(fitId.parse('fit-1'));
  const replay = effectScope().run(() => useReplay(service, () => fit.value))!;
  service.calls('fit.frames')[0].answer({ frames: framesOf(count) });
  await flushPromises();
  return { replay, service, fit };
}

test('it begins at the end, where the fit itself is shown', async () => {
  const { replay } = await replaying(5);
  expect(replay.length.value).toBe(5);
  expect(replay.position.value).toBe(4);
  expect(replay.frame.value).toBeNull();
});

test('playing from the end begins at the first frame, shows every one, and stops at the end', async () => {
  const { replay } = await replaying(5);
  replay.toggle();
  const seen: (number | null)[] = [replay.frame.value?.iteration ?? null];
  for (let frame = 0; frame < 4; frame++) {
    vi.advanceTimersByTime(500);
    seen.push(replay.frame.value?.iteration ?? null);
  }
  expect(seen).toEqual([0, 1, 2, 3, null]);
  expect(replay.isPlaying.value).toBe(false);
});

test('pulling the handle stops what plays, and stays within the run', async () => {
  const { replay } = await replaying(5);
  replay.toggle();
  replay.seek(2);
  vi.advanceTimersByTime(5000);
  expect(replay.frame.value?.iteration).toBe(2);
  replay.seek(-3);
  expect(replay.position.value).toBe(0);
  replay.seek(99);
  expect(replay.frame.value).toBeNull();
});

test('it goes on from where it was paused', async () => {
  const { replay } = await replaying(5);
  replay.seek(1);
  replay.toggle();
  vi.advanceTimersByTime(500);
  replay.toggle();
  vi.advanceTimersByTime(5000);
  expect(replay.position.value).toBe(2);
});

test('another fit starts at its own end', async () => {
  const { replay, service, fit } = await replaying(5);
  replay.seek(1);
  fit.value = fitId.parse('fit-2');
  await flushPromises();
  service.calls('fit.frames')[1].answer({ frames: framesOf(9) });
  await flushPromises();
  expect(replay.position.value).toBe(8);
});
