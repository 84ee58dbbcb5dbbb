import { pathToFileURL } from 'node:url';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { startService } from '../../../electron/service/startService';
import { connectClient, type Port } from '../../../shared/contract/port';
import { grantId } from '../../../shared/ids';
import type { Result } from '../../../shared/result';
import { serve } from '../serve';

// The study as the window asks for it. Arguments: table, built worker script, threads.
const [file, worker, threads] = process.argv.slice(2);

const asPort = (port: MessagePort): Port => ({
  post: (message) => port.postMessage(message),
  onMessage: (listener) => void port.on('message', listener),
});

function valueOf<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

const importWorker = new URL('./importWorker.js', pathToFileURL(worker));
const pictureWorker = new URL('./pictureWorker.js', pathToFileURL(worker));
const service = startService({
  threads: Number(threads),
  worker: pathToFileURL(worker),
  importWorker,
  pictureWorker,
});
const data = grantId.parse('data');
service.grant(data, { path: file, access: 'read' });
const { port1, port2 } = new MessageChannel();
service.connect(asPort(port2));
const client = connectClient(asPort(port1));
const { table } = valueOf(await client.call('table.open', { file: data, options: {} }));

await serve(`ours, Node ${process.versions.node}`, async () => {
  const { cells } = valueOf(
    await client.call('selection.run', {
      table,
      specification: {
        preparation: { features: ['Sepal.Length', 'Sepal.Width', 'Petal.Length', 'Petal.Width'] },
        models: ['VVV', 'EEE', 'VVI', 'VII'].map((covariance) => ({
          family: 'gaussian' as const,
          covariance: covariance as 'VVV',
        })),
        components: { from: 1, to: 10 },
        validation: { kind: 'given', foldOfRow: Array.from({ length: 150 }, (_, row) => row % 10) },
        run: { restarts: 10 },
      },
    }),
  );
  // Where both have the same optimum: of more clusters the ridge of the peer keeps some that have collapsed.
  return cells.find(({ model, components }) => model === 0 && components === 2)?.heldOut?.score.value ?? NaN;
});
await service.close();
port1.close();
