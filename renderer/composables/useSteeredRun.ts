import { onScopeDispose, shallowRef, type ShallowRef } from 'vue';
import type { CallAnswer, CallEvent, CallInput } from '../../shared/contract/messages';
import type { ServiceClient } from '../../shared/contract/port';
import type { Failure } from '../../shared/failure';
import { runId, type RunId } from '../../shared/ids';
import { failed, type Result } from '../../shared/result';

/** Calls that go on for a while under a name, so that they can be paused. */
type RunCall = 'fit.run' | 'selection.run';

export interface SteeredRun<C extends RunCall> {
  readonly isRunning: Readonly<ShallowRef<boolean>>;
  /** True from asking for what there is until it is there. */
  readonly isCancelling: Readonly<ShallowRef<boolean>>;
  readonly isPaused: Readonly<ShallowRef<boolean>>;
  readonly failure: Readonly<ShallowRef<Failure | null>>;
  /** Starts the call in place of any that runs. Gives its answer, or null when it failed or was replaced. */
  start(body: CallInput<C>, onEvent: (event: CallEvent<C>) => void): Promise<CallAnswer<C> | null>;
  steer(command: 'pause' | 'resume' | 'step'): Promise<Result<unknown, Failure>>;
  /** Asks for what there is so far. */
  cancel(): void;
  /** Stops what runs, and forgets it. */
  reset(): void;
}

/**
 * Starts, follows, pauses and cancels one run at a time. Each start has a number: events, answers and failures of an
 * older one are dropped, however late they come. Stops what runs when its scope ends.
 */
export function useSteeredRun<C extends RunCall>(service: ServiceClient, call: C): SteeredRun<C> {
  const isRunning = shallowRef(false);
  const isCancelling = shallowRef(false);
  const isPaused = shallowRef(false);
  const failure = shallowRef<Failure | null>(null);
  let runNumber = 0;
  let controller: AbortController | null = null;
  /** How the service knows the run under way. */
  let runName: RunId | null = null;

  function end(): void {
    controller = null;
    runName = null;
    isRunning.value = false;
    isCancelling.value = false;
    isPaused.value = false;
  }

  function reset(): void {
    runNumber++;
    controller?.abort();
    end();
    failure.value = null;
  }

  async function start(
    body: CallInput<C>,
    onEvent: (event: CallEvent<C>) => void,
  ): Promise<CallAnswer<C> | null> {
    reset();
    const number = runNumber;
    controller = new AbortController();
    runName = runId.parse(crypto.randomUUID());
    isRunning.value = true;
    isPaused.value = 'paused' in body && body.paused === true;
    const answer = await service.call(
      call,
      { ...body, run: runName },
      {
        signal: controller.signal,
        onEvent: (event) => {
          if (number === runNumber) onEvent(event);
        },
      },
    );
    if (number !== runNumber) return null;
    end();
    if (answer.ok) return answer.value;
    failure.value = answer.failure;
    return null;
  }

  async function steer(command: 'pause' | 'resume' | 'step'): Promise<Result<unknown, Failure>> {
    if (runName === null) return failed({ kind: 'unknownFit' });
    isPaused.value = command !== 'resume';
    return service.call('fit.steer', { run: runName, command });
  }

  function cancel(): void {
    if (!controller) return;
    isCancelling.value = true;
    isPaused.value = false;
    controller.abort();
  }

  onScopeDispose(reset);
  return { isRunning, isCancelling, isPaused, failure, start, steer, cancel, reset };
}
