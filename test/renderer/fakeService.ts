import type { CallAnswer, CallBody, CallEvent, CallName } from '../../shared/contract/messages';
import type { ServiceClient } from '../../shared/contract/port';
import type { Failure } from '../../shared/failure';
import { failed, ok } from '../../shared/result';

/** One call as the fake service saw it, to be answered when the test wants. */
export interface PendingCall<C extends CallName> {
  readonly body: CallBody<C>;
  readonly signal: AbortSignal | undefined;
  emit(event: CallEvent<C>): void;
  answer(value: CallAnswer<C>): void;
  fail(failure: Failure): void;
}

/** A service whose calls wait for the test: `service.calls('fit.run')[0].answer(...)`. */
export class FakeService implements ServiceClient {
  private readonly seen: { name: CallName; pending: PendingCall<CallName> }[] = [];

  calls<C extends CallName>(name: C): PendingCall<C>[] {
    return this.seen
      .filter((one) => one.name === name)
      .map((one) => one.pending as unknown as PendingCall<C>);
  }

  call: ServiceClient['call'] = (name, body, options = {}) =>
    new Promise((resolve) => {
      this.seen.push({
        name,
        pending: {
          body: body as never,
          signal: options.signal,
          emit: (event) => options.onEvent?.(event as never),
          answer: (value) => resolve(ok(value as never)),
          fail: (failure) => resolve(failed(failure)),
        },
      });
    });
}
