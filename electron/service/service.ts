import { availableParallelism } from 'node:os';
import type { MessageEvent } from 'electron';
import { hostMessage, type HostAnswer } from '../../shared/hostMessage';
import { startService } from './startService';

// The entry of the utility process: main hands over grants and ports, everything else comes through the ports.
const service = startService({
  threads: availableParallelism(),
  worker: new URL('./worker.js', import.meta.url),
  importWorker: new URL('./importWorker.js', import.meta.url),
  pictureWorker: new URL('./pictureWorker.js', import.meta.url),
});

process.parentPort.on('message', ({ data, ports: [port] }: MessageEvent) => {
  const message = hostMessage.parse(data);
  if (message.kind === 'grant') {
    service.grant(message.grant, { path: message.path, access: message.access });
    process.parentPort.postMessage({ granted: message.grant } satisfies HostAnswer);
  } else if (port) {
    service.connect({
      post: (value) => port.postMessage(value),
      onMessage: (listener) => {
        port.on('message', (event) => listener(event.data));
        port.start();
      },
    });
  }
});
