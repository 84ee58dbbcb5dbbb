import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { calls, type CallName } from '../../shared/contract/messages';
import {
  connectClient,
  serveCalls,
  type Handlers,
  type Port,
  type PortClient,
} from '../../shared/contract/port';
import { failed } from '../../shared/result';

/** A Node port as the contract sees it. */
export const asPort = (port: MessagePort): Port => ({
  post: (message) => port.postMessage(message),
  onMessage: (listener) => void port.on('message', listener),
});

/** A client and a server on two ends of a channel. Calls without a handler of their own fail as `unknownTable`. */
export function connected(own: Partial<Handlers>): {
  client: PortClient;
  client1: MessagePort;
  bugs: { error: unknown; call: string }[];
  close(): void;
} {
  const { port1, port2 } = new MessageChannel();
  const bugs: { error: unknown; call: string }[] = [];
  const rest = Object.fromEntries(
    (Object.keys(calls) as CallName[]).map((call) => [
      call,
      () => Promise.resolve(failed({ kind: 'unknownTable' as const })),
    ]),
  ) as unknown as Handlers;
  serveCalls(asPort(port2), { ...rest, ...own }, (error, call) => {
    bugs.push({ error, call });
    return `bug-${bugs.length}`;
  });
  return { client: connectClient(asPort(port1)), client1: port1, bugs, close: () => port1.close() };
}
