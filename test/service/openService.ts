import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { connectClient, type ServiceClient } from '../../shared/contract/port';
import { fitSpecification, type FitSpecification } from '../../shared/fit';
import { grantId, type GrantId } from '../../shared/ids';
import type { Result } from '../../shared/result';
import type { TableSummary } from '../../shared/table';
import { startService } from '../../electron/service/startService';
import { builtScript } from '../support/builtScripts';
import { asPort } from '../support/contract';

/** A running service with a client, and a folder of its own. */
export interface OpenService {
  readonly folder: string;
  readonly client: ServiceClient;
  granted(name: string, access: 'read' | 'write'): GrantId;
  /** Opens a table of this text. */
  open(text: string): Promise<TableSummary>;
  close(): Promise<void>;
}

/** `worker`: the script of its fit threads; the compiled kernels lie in a folder beside that of the script. */
export function openService(threads = 2, worker = builtScript('worker.js')): OpenService {
  const folder = mkdtempSync(path.join(tmpdir(), 'mixtura-service-'));
  const service = startService({
    threads,
    worker,
    importWorker: builtScript('importWorker.js'),
    pictureWorker: builtScript('pictureWorker.js'),
  });
  const { port1, port2 } = new MessageChannel();
  service.connect(asPort(port2));
  const client = connectClient(asPort(port1));
  const granted = (name: string, access: 'read' | 'write'): GrantId => {
    const grant = grantId.parse(`${access}-${name}`);
    service.grant(grant, { path: path.join(folder, name), access });
    return grant;
  };
  return {
    folder,
    client,
    granted,
    async open(text) {
      writeFileSync(path.join(folder, 'table.csv'), text);
      return valueOf(await client.call('table.open', { file: granted('table.csv', 'read'), options: {} }));
    },
    async close() {
      port1.close();
      await service.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function valueOf<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

/** A specification with every default filled in. */
export function specified(
  features: string[],
  model: object,
  more: { preparation?: object; start?: object; run?: object } = {},
): FitSpecification {
  return fitSpecification.parse({
    preparation: { features, ...more.preparation },
    model,
    ...(more.start ? { start: more.start } : {}),
    run: { restarts: 3, ...more.run },
  });
}
