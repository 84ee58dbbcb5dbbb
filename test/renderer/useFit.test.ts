import { effectScope } from 'vue';
import { expect, test } from 'vitest';
import { useFit, type FitRun } from '../../renderer/composables/useFit';
import { FakeService } from './fakeService';
import { faithfulSpecification, faithfulSummary, faithfulTable, progressEvent } from './fitFixtures';

function fitting(): { service: FakeService; run: FitRun; stop: () => void } {
  const service = new FakeService();
  const scope = effectScope();
  const run = scope.run(() => useFit(service))!;
  return { service, run, stop: () => scope.stop() };
}

/** Two fits, the second started while the first runs; the first one's call can still be answered. */
function overtaken() {
  const { service, run } = fitting();
  const first = run.start(faithfulTable, faithfulSpecification(2));
  const second = run.start(faithfulTable, faithfulSpecification(3));
  const [older, newer] = service.calls('fit.run');
  return { run, first, second, older: older, newer: newer };
}

test('progress, traces and leading components follow the events', () => {
  const { service, run } = fitting();
  void run.start(faithfulTable, faithfulSpecification());
  const [call] = service.calls('fit.run');
  call.emit(progressEvent(0, 0));
  call.emit(progressEvent(0, 1));
  call.emit(progressEvent(1, 0));
  expect(run.isRunning.value).toBe(true);
  expect(run.progress.value?.elapsedMs).toBe(100);
  expect(run.leading.value?.restart).toBe(1);
  expect(run.traces.value).toMatchObject([
    {
      restart: 0,
      trace: { iterations: [0, 1], objectives: [-1200, -1199], boundsAfterM: [NaN, -1199.5] },
    },
    { restart: 1, trace: { iterations: [0], objectives: [-1200] } },
  ]);
});

test('the leading components stay while an event brings no new ones', () => {
  const { service, run } = fitting();
  void run.start(faithfulTable, faithfulSpecification());
  const [call] = service.calls('fit.run');
  call.emit(progressEvent(0, 4));
  call.emit({ kind: 'progress', elapsedMs: 900, fraction: 0.5, points: [], leading: null });
  expect(run.leading.value?.iteration).toBe(4);
});

test('how features were read is known from the first event until the next fit', () => {
  const { service, run } = fitting();
  void run.start(faithfulTable, faithfulSpecification());
  const features = [{ kind: 'category' as const, name: 'colour', levels: ['red', 'blue'] }];
  expect(run.features.value).toBeNull();
  service.calls('fit.run')[0].emit({ kind: 'begun', features });
  expect(run.features.value).toEqual(features);
  void run.start(faithfulTable, faithfulSpecification());
  expect(run.features.value).toBeNull();
});

test('a run is paused, stepped and let go by the name it was started with', async () => {
  const { service, run } = fitting();
  void run.start(faithfulTable, faithfulSpecification(), true);
  const [call] = service.calls('fit.run');
  expect(call.body.paused).toBe(true);
  expect(run.isPaused.value).toBe(true);
  void run.steer('step');
  expect(run.isPaused.value).toBe(true);
  void run.steer('resume');
  expect(run.isPaused.value).toBe(false);
  void run.steer('pause');
  expect(run.isPaused.value).toBe(true);
  expect(service.calls('fit.steer').map(({ body }) => body)).toEqual(
    ['step', 'resume', 'pause'].map((command) => ({ run: call.body.run, command })),
  );
});

test('two fits have different names, and a finished one cannot be steered', async () => {
  const { service, run } = fitting();
  const first = run.start(faithfulTable, faithfulSpecification());
  service.calls('fit.run')[0].answer(faithfulSummary());
  await first;
  expect((await run.steer('pause')).ok).toBe(false);
  expect(run.isPaused.value).toBe(false);
  void run.start(faithfulTable, faithfulSpecification());
  const [older, newer] = service.calls('fit.run');
  expect(newer.body.run).not.toBe(older.body.run);
});

test('progress is not set from an outdated fit', () => {
  const { run, older } = overtaken();
  older.emit(progressEvent(0, 7));
  expect(run.progress.value).toBeNull();
});

test('traces and leading components are not set from an outdated fit', () => {
  const { run, older, newer } = overtaken();
  newer.emit(progressEvent(0, 0));
  older.emit(progressEvent(5, 7));
  expect(run.traces.value.map((one) => one.restart)).toEqual([0]);
  expect(run.leading.value?.restart).toBe(0);
});

test('the summary is not set from an outdated fit, whichever answers first', async () => {
  const { run, first, second, older, newer } = overtaken();
  newer.answer(faithfulSummary('fit-new'));
  expect((await second)?.fit).toBe('fit-new');
  older.answer(faithfulSummary('fit-old'));
  expect(await first).toBeNull();
  expect(run.summary.value?.fit).toBe('fit-new');
});

test('a failure of an outdated fit is not shown, and does not end the newer one', async () => {
  const { run, first, older } = overtaken();
  older.fail({ kind: 'cancelled' });
  expect(await first).toBeNull();
  expect(run.failure.value).toBeNull();
  expect(run.isRunning.value).toBe(true);
});

test('starting again cancels the fit that runs', () => {
  const { older, newer } = overtaken();
  expect(older.signal?.aborted).toBe(true);
  expect(newer.signal?.aborted).toBe(false);
});

test('cancelling says so at once and keeps the best so far when it comes', async () => {
  const { service, run } = fitting();
  const started = run.start(faithfulTable, faithfulSpecification());
  run.cancel();
  expect(run.isCancelling.value).toBe(true);
  expect(run.isRunning.value).toBe(true);
  const [call] = service.calls('fit.run');
  expect(call.signal?.aborted).toBe(true);
  call.answer(faithfulSummary('fit-1', { stopped: 'cancelled' }));
  expect((await started)?.stopped).toBe('cancelled');
  expect(run.isCancelling.value).toBe(false);
  expect(run.isRunning.value).toBe(false);
});

test('a lost service ends the run with its failure', async () => {
  const { service, run } = fitting();
  const started = run.start(faithfulTable, faithfulSpecification());
  service.calls('fit.run')[0].fail({ kind: 'serviceLost', reason: 'it crashed' });
  expect(await started).toBeNull();
  expect(run.failure.value).toEqual({ kind: 'serviceLost', reason: 'it crashed' });
  expect(run.isRunning.value).toBe(false);
});

test('the end of its scope cancels a fit, and its answer is dropped', async () => {
  const { service, run, stop } = fitting();
  const started = run.start(faithfulTable, faithfulSpecification());
  stop();
  const [call] = service.calls('fit.run');
  expect(call.signal?.aborted).toBe(true);
  call.answer(faithfulSummary());
  expect(await started).toBeNull();
  expect(run.summary.value).toBeNull();
});
