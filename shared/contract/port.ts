import { z } from 'zod';
import { failure as failureSchema, type Failure } from '../failure';
import { failed, ok, type Result } from '../result';
import { firstIssue } from './firstIssue';
import {
  calls,
  type CallAnswer,
  type CallBody,
  type CallEvent,
  type CallInput,
  type CallName,
} from './messages';

/**
 * Call, cancel and event over any pair of ports. The protocol knows nothing of Electron, so it is tested with a
 * MessageChannel in plain Node (after VS Code's ipc.ts: two verbs over an abstract transport).
 *
 * Wire: request {id, call, body}; cancel {id, cancel: true}; event {id, event}; reply {id, ok, value | failure}.
 * Exactly one reply a request; nothing of a request follows its reply.
 */
export interface Port {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
}

export interface CallOptions<C extends CallName> {
  signal?: AbortSignal;
  onEvent?: (event: CallEvent<C>) => void;
}

/** The service as seen from the window or the command line. */
export interface ServiceClient {
  call<C extends CallName>(
    call: C,
    body: CallInput<C>,
    options?: CallOptions<C>,
  ): Promise<Result<CallAnswer<C>, Failure>>;
}

/** What a handler is given beside its body. */
export interface CallContext<C extends CallName> {
  signal: AbortSignal;
  emit(event: CallEvent<C>): void;
}

export type Handlers = {
  [C in CallName]: (body: CallBody<C>, context: CallContext<C>) => Promise<Result<CallAnswer<C>, Failure>>;
};

const id = z.int().nonnegative();
const callName = z.enum(Object.keys(calls) as [CallName, ...CallName[]]);
const requestMessage = z.object({ id, call: z.string(), body: z.unknown() });
const cancelMessage = z.object({ id, cancel: z.literal(true) });
const eventMessage = z.object({ id, event: z.unknown() });
const replyMessage = z.discriminatedUnion('ok', [
  z.object({ id, ok: z.literal(true), value: z.unknown() }),
  z.object({ id, ok: z.literal(false), failure: z.unknown() }),
]);

/** The first thing wrong with a value, with the path to it. */
export function badRequest(error: z.ZodError): Failure {
  const issue = firstIssue(error);
  return {
    kind: 'badRequest',
    path: issue === null ? '' : issue.path.map(String).join('.'),
    problem: issue === null ? 'unreadable' : issue.message,
  };
}

/** A failure as it came; one that is not of the contract is a failure too, or the caller would wait for ever. */
function readFailure(value: unknown): Failure {
  const read = failureSchema.safeParse(value);
  return read.success ? read.data : badRequest(read.error);
}

interface Pending {
  event(value: unknown): void;
  settle(result: Result<unknown, Failure>): void;
}

/** The client's end of a port, and how to say that the other end is gone. */
export interface PortClient extends ServiceClient {
  /** Every call under way, and every later one, fails with `failure`. */
  close(failure: Failure): void;
}

/** Makes the client of the contract on `port`. Answers and events are checked against the contract. */
export function connectClient(port: Port): PortClient {
  const pending = new Map<number, Pending>();
  let nextId = 0;
  let closed: Failure | null = null;

  port.onMessage((message) => {
    const reply = replyMessage.safeParse(message);
    if (reply.success) {
      const waiting = pending.get(reply.data.id);
      pending.delete(reply.data.id);
      waiting?.settle(reply.data.ok ? ok(reply.data.value) : failed(readFailure(reply.data.failure)));
      return;
    }
    const event = eventMessage.safeParse(message);
    if (event.success) pending.get(event.data.id)?.event(event.data.event);
  });

  return {
    call(call, body, options = {}) {
      if (closed) return Promise.resolve(failed(closed));
      const requestId = nextId++;
      return new Promise((resolve) => {
        const cancel = (): void => {
          port.post({ id: requestId, cancel: true });
        };
        pending.set(requestId, {
          event(value) {
            options.onEvent?.(calls[call].event.parse(value) as CallEvent<typeof call>);
          },
          settle(result) {
            options.signal?.removeEventListener('abort', cancel);
            if (!result.ok) {
              resolve(result);
              return;
            }
            const answer = calls[call].answer.safeParse(result.value);
            resolve(
              answer.success ? ok(answer.data as CallAnswer<typeof call>) : failed(badRequest(answer.error)),
            );
          },
        });
        port.post({ id: requestId, call, body });
        if (options.signal?.aborted) cancel();
        else options.signal?.addEventListener('abort', cancel, { once: true });
      });
    },
    close(reason) {
      closed = reason;
      for (const waiting of pending.values()) waiting.settle(failed(reason));
      pending.clear();
    },
  };
}

/**
 * Serves `handlers` on `port`: checks each request, runs its handler, replies once. A handler that throws is a
 * bug: `logBug` records it and returns the reference the user is shown.
 */
export function serveCalls(
  port: Port,
  handlers: Handlers,
  logBug: (error: unknown, call: string) => string,
): void {
  const running = new Map<number, AbortController>();

  port.onMessage((message) => {
    const cancel = cancelMessage.safeParse(message);
    if (cancel.success) {
      running.get(cancel.data.id)?.abort();
      return;
    }
    const request = requestMessage.safeParse(message);
    if (request.success) void serve(request.data);
    else logBug(new Error('A message is not of the contract.'), 'none');
  });

  async function serve(request: z.infer<typeof requestMessage>): Promise<void> {
    const reply = (result: Result<unknown, Failure>): void => {
      running.delete(request.id);
      try {
        port.post({ id: request.id, ...result });
      } catch (error) {
        // The value cannot be cloned: a bug, but the caller must not wait for ever.
        port.post({
          id: request.id,
          ...failed({ kind: 'internal', reference: logBug(error, request.call) }),
        });
      }
    };
    const call = callName.safeParse(request.call);
    if (!call.success) {
      reply(failed({ kind: 'badRequest', path: 'call', problem: `there is no call "${request.call}"` }));
      return;
    }
    const body = calls[call.data].body.safeParse(request.body);
    if (!body.success) {
      reply(failed(badRequest(body.error)));
      return;
    }
    const controller = new AbortController();
    running.set(request.id, controller);
    try {
      reply(
        await handle(call.data, body.data, {
          signal: controller.signal,
          emit: (event) => {
            if (running.has(request.id)) port.post({ id: request.id, event });
          },
        }),
      );
    } catch (error) {
      reply(failed({ kind: 'internal', reference: logBug(error, request.call) }));
    }
  }

  // One handler for one call: TypeScript cannot follow the correlation through a union, the schema has checked it.
  function handle(
    call: CallName,
    body: unknown,
    context: CallContext<CallName>,
  ): Promise<Result<unknown, Failure>> {
    const handler = handlers[call] as (
      body: unknown,
      context: CallContext<CallName>,
    ) => Promise<Result<unknown, Failure>>;
    return handler(body, context);
  }
}
