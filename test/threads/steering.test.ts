import { describe, expect, it } from 'vitest';
import { numberFeatures } from '../../electron/engine/featureSpace';
import { TaskControl, ThreadControl } from '../../electron/threads/control';
import { runRestarts, type RestartsListener } from '../../electron/threads/restarts';
import { gaussian } from '../engine/fitting';
import { groupedRows } from '../laws/familyData';
import { bits, never, nobody, poolsOfTest, runOf, share } from './threadRuns';

const pool = poolsOfTest();
const space = numberFeatures(3);
const { rows } = groupedRows(space, 9, 1500, { apart: 0.2 });
const request = { rows: share(rows), model: gaussian('VVV', 3), space, start: { method: 'kmeans' } as const };

/** Resolves each time points of all restarts have come up to an iteration. */
function follower(restarts: number) {
  const reached = new Map<number, number>();
  let wanted: { iteration: number; resolve: () => void } | null = null;
  const check = (): void => {
    if (wanted === null || reached.size < restarts) return;
    const { iteration, resolve } = wanted;
    if ([...reached.values()].every((own) => own >= iteration)) resolve();
  };
  const listener: RestartsListener = {
    ...nobody,
    onPoints: (restart, points) => {
      reached.set(restart, points[points.length - 1].iteration);
      check();
    },
  };
  const until = (iteration: number) =>
    new Promise<void>((resolve) => {
      wanted = { iteration, resolve };
      check();
    });
  return { listener, until, reached };
}

describe('a run on threads', () => {
  it.each([
    ['alone on its thread', 1, 1],
    ['shared by a team', 3, 1],
    ['beside another', 2, 2],
  ])(
    '%s makes one iteration a step, and then goes on as if it had never been paused',
    async (_, threads, restarts) => {
      const control = new TaskControl();
      control.pause();
      const { listener, until, reached } = follower(restarts);
      const run = runOf({ restarts });
      const ended = runRestarts(pool(threads), { ...request, run }, listener, never, control);
      for (let iteration = 0; iteration < 4; iteration++) {
        control.step();
        await until(iteration);
        expect([...reached.values()]).toEqual(Array(restarts).fill(iteration));
      }
      control.resume();
      const plain = await runRestarts(pool(1), { ...request, run }, nobody, never);
      expect(bits(await ended)).toEqual(bits(plain));
    },
  );

  it('cancelled while it is paused ends with what it has', async () => {
    const control = new TaskControl();
    control.pause();
    const cancelling = new AbortController();
    const { listener, until } = follower(1);
    const ended = runRestarts(pool(2), { ...request, run: runOf({}) }, listener, cancelling.signal, control);
    control.step();
    control.step();
    await until(1);
    cancelling.abort();
    const [outcome] = (await ended).outcomes.values();
    expect(outcome).toMatchObject({ ok: true, stopped: 'cancelled', iterations: 1 });
  });
});

describe('the words of a control', () => {
  it('count steps anew in every pause, and know none while running', () => {
    const control = new TaskControl();
    const thread = new ThreadControl(control.memory);
    const wouldSleep = () => {
      let slept = false;
      // A thread that is about to sleep is woken by being cancelled: only then may the test go on.
      thread.awaitTurn(() => {
        slept = true;
        control.resume();
      });
      return slept;
    };
    control.step();
    control.pause();
    expect(wouldSleep()).toBe(true);
    control.pause();
    control.step();
    control.step();
    expect(wouldSleep()).toBe(false);
    expect(wouldSleep()).toBe(false);
    expect(wouldSleep()).toBe(true);
    expect(control.isPaused).toBe(false);
  });

  it('stop a thread within an iteration, unless the pause is the one its turn was given in', () => {
    const control = new TaskControl();
    const thread = new ThreadControl(control.memory);
    const sleepsWithin = () => {
      let slept = false;
      thread.heedPause(() => {
        slept = true;
        control.resume();
      });
      return slept;
    };
    expect(sleepsWithin()).toBe(false);
    control.pause();
    expect(sleepsWithin()).toBe(true);
    control.pause();
    control.step();
    thread.awaitTurn(() => control.cancel());
    expect(sleepsWithin()).toBe(false);
    control.resume();
    control.pause();
    control.step();
    // The step of a new pause lets the iteration go on to its end, and no further.
    expect(sleepsWithin()).toBe(false);
    expect(sleepsWithin()).toBe(false);
    let slept = false;
    thread.awaitTurn(() => {
      slept = true;
      control.resume();
    });
    expect(slept).toBe(true);
  });
});
