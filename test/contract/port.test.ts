import { afterEach, describe, expect, it } from 'vitest';
import type { CallContext, Handlers } from '../../shared/contract/port';
import { failureText } from '../../shared/failureText';
import { fitId, grantId, tableId } from '../../shared/ids';
import { failed, ok } from '../../shared/result';
import { connected } from '../support/contract';

const open: (() => void)[] = [];
function connect(own: Partial<Handlers>) {
  const connection = connected(own);
  open.push(connection.close);
  return connection;
}
afterEach(() => open.splice(0).forEach((close) => close()));

const fit = fitId.parse('fit-1');
const file = grantId.parse('grant-1');

/** A promise and the function that keeps it. */
function promised<T>() {
  let keep: (value: T) => void = () => undefined;
  const promise = new Promise<T>((resolve) => (keep = resolve));
  return { promise, keep };
}

describe('a call', () => {
  it('is answered with what its handler returned', async () => {
    const { client } = connect({
      'service.about': () => Promise.resolve(ok({ version: '1', runtime: 'Node 20', threads: 3 })),
    });
    expect(await client.call('service.about', {})).toEqual(
      ok({ version: '1', runtime: 'Node 20', threads: 3 }),
    );
  });

  it('carries typed arrays both ways without change', async () => {
    const { client } = connect({
      'fit.memberships': ({ rows }) =>
        Promise.resolve(
          ok({
            label: rows.map((row) => row + 1),
            probability: Float64Array.from(rows, (row) => row / 3),
            logDensity: Float64Array.from(rows, (row) => -row),
          }),
        ),
    });
    const answer = await client.call('fit.memberships', { fit, rows: Int32Array.of(0, 1, 2) });
    expect(answer).toEqual(
      ok({
        label: Int32Array.of(1, 2, 3),
        probability: Float64Array.of(0, 1 / 3, 2 / 3),
        logDensity: Float64Array.of(-0, -1, -2),
      }),
    );
  });

  it('whose failure is not of the contract fails all the same, and does not wait for ever', async () => {
    const broken = failed({ kind: 'constantColumn', column: 'a', value: -Infinity } as const);
    const { client } = connect({ 'fit.forget': () => Promise.resolve(broken) });
    expect(await client.call('fit.forget', { fit })).toMatchObject(
      failed({ kind: 'badRequest', path: 'value' }),
    );
  });

  it('that fails gives the failure as a value', async () => {
    const { client } = connect({ 'fit.forget': () => Promise.resolve(failed({ kind: 'unknownFit' })) });
    expect(await client.call('fit.forget', { fit })).toEqual(failed({ kind: 'unknownFit' }));
  });

  it('with a body that is not of the contract never reaches its handler, and is told which field is wrong', async () => {
    let reached = false;
    const { client } = connect({
      'table.slice': () => {
        reached = true;
        return Promise.resolve(ok({ firstRow: 0, firstColumn: 0, cells: [] }));
      },
    });
    const answer = await client.call('table.slice', {
      table: tableId.parse('t'),
      firstRow: -1,
      endRow: 2,
      firstColumn: 0,
      endColumn: 1,
    });
    expect(reached).toBe(false);
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'badRequest', path: 'firstRow' } });
    if (!answer.ok) expect(failureText(answer.failure)).toContain('"firstRow"');
  });

  it('nobody knows is a failure, not silence', async () => {
    const { client1 } = connect({});
    const reply = promised<unknown>();
    client1.on('message', reply.keep);
    client1.postMessage({ id: 77, call: 'table.burn', body: {} });
    expect(await reply.promise).toMatchObject({ id: 77, ok: false, failure: { kind: 'badRequest' } });
  });

  it('whose answer is not of the contract is a failure', async () => {
    const { client } = connect({
      'service.about': () => Promise.resolve(ok({ version: 1, runtime: '', threads: 1 } as never)),
    });
    expect(await client.call('service.about', {})).toMatchObject({
      ok: false,
      failure: { kind: 'badRequest', path: 'version' },
    });
  });

  it('whose handler throws is answered with a reference under which the bug was logged', async () => {
    const { client, bugs } = connect({
      'table.close': () => Promise.reject(new Error('a bug')),
    });
    expect(await client.call('table.close', { table: tableId.parse('t') })).toEqual(
      failed({ kind: 'internal', reference: 'bug-1' }),
    );
    expect(bugs).toMatchObject([{ call: 'table.close', error: { message: 'a bug' } }]);
  });

  it('whose answer cannot be cloned is answered all the same', async () => {
    const { client, bugs } = connect({
      'service.about': () => Promise.resolve(ok({ version: (() => 1) as never, runtime: '', threads: 1 })),
    });
    expect(await client.call('service.about', {})).toMatchObject({ failure: { kind: 'internal' } });
    expect(bugs).toHaveLength(1);
  });
});

describe('events', () => {
  const exporting =
    (before: number, after: number): Handlers['export.rows'] =>
    (_body, { emit }) => {
      for (let rows = 0; rows < before; rows++) emit({ kind: 'progress', rows, totalRows: before });
      queueMicrotask(() =>
        setImmediate(() => {
          for (let rows = 0; rows < after; rows++) emit({ kind: 'progress', rows: 99, totalRows: 99 });
        }),
      );
      return Promise.resolve(ok({ bytes: 1, rows: before }));
    };

  it('arrive in order and before the answer', async () => {
    const { client } = connect({ 'export.rows': exporting(3, 0) });
    const seen: number[] = [];
    await client.call(
      'export.rows',
      { fit, file, clusterNames: [] },
      { onEvent: ({ rows }) => seen.push(rows) },
    );
    expect(seen).toEqual([0, 1, 2]);
  });

  it('never follow the answer', async () => {
    const { client, client1 } = connect({ 'export.rows': exporting(1, 2) });
    const messages: unknown[] = [];
    client1.on('message', (message) => messages.push(message));
    await client.call('export.rows', { fit, file, clusterNames: [] });
    // Another round trip, so that anything sent late would have come.
    await client.call('fit.forget', { fit });
    await client.call('fit.forget', { fit });
    expect(JSON.stringify(messages)).not.toContain('99');
  });
});

describe('cancelling', () => {
  const waiting = (): { handler: Handlers['table.open']; started: Promise<AbortSignal> } => {
    const { promise, keep } = promised<AbortSignal>();
    return {
      started: promise,
      handler: (_body, { signal }: CallContext<'table.open'>) => {
        keep(signal);
        return new Promise((resolve) => {
          const stop = (): void => resolve(failed({ kind: 'cancelled' }));
          if (signal.aborted) stop();
          signal.addEventListener('abort', stop);
        });
      },
    };
  };

  it('a running call reaches its handler, whose answer still comes', async () => {
    const { handler, started } = waiting();
    const { client } = connect({ 'table.open': handler });
    const controller = new AbortController();
    const answer = client.call('table.open', { file, options: {} }, { signal: controller.signal });
    await started;
    controller.abort();
    expect(await answer).toEqual(failed({ kind: 'cancelled' }));
  });

  it('before the call is sent reaches its handler too', async () => {
    const { handler } = waiting();
    const { client } = connect({ 'table.open': handler });
    const answer = client.call('table.open', { file, options: {} }, { signal: AbortSignal.abort() });
    expect(await answer).toEqual(failed({ kind: 'cancelled' }));
  });

  it('after the answer does nothing', async () => {
    const { client, bugs } = connect({ 'fit.forget': () => Promise.resolve(ok({})) });
    const controller = new AbortController();
    await client.call('fit.forget', { fit }, { signal: controller.signal });
    controller.abort();
    expect(await client.call('fit.forget', { fit })).toEqual(ok({}));
    expect(bugs).toEqual([]);
  });

  it('one call leaves the others alone', async () => {
    const signals: AbortSignal[] = [];
    const both = promised<true>();
    const { client } = connect({
      'table.open': (_body, { signal }) => {
        signals.push(signal);
        if (signals.length === 2) both.keep(true);
        return new Promise((resolve) =>
          signal.addEventListener('abort', () => resolve(failed({ kind: 'cancelled' }))),
        );
      },
    });
    const first = new AbortController();
    const cancelled = client.call('table.open', { file, options: {} }, { signal: first.signal });
    void client.call('table.open', { file, options: {} });
    await both.promise;
    first.abort();
    await cancelled;
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
  });
});

describe('a lost service', () => {
  it('fails the calls under way and all later ones with the reason', async () => {
    const { client } = connect({ 'table.open': () => new Promise(() => undefined) });
    const lost = { kind: 'serviceLost', reason: 'it ended with code 9' } as const;
    const pending = client.call('table.open', { file, options: {} });
    client.close(lost);
    expect(await pending).toEqual(failed(lost));
    expect(await client.call('service.about', {})).toEqual(failed(lost));
  });
});
