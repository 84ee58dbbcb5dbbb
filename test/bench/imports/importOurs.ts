import { pathToFileURL } from 'node:url';
import { openTable } from '../../../electron/files/openTable';
import { serve } from '../serve';

// Our import, in threads of its own as the program runs it. Arguments: file, built importWorker script.
const [file, worker] = process.argv.slice(2);

await serve(`ours, Node ${process.versions.node}`, async () => {
  const table = await openTable(
    file,
    {},
    {
      signal: new AbortController().signal,
      onFirstRows: () => undefined,
      onProgress: () => undefined,
      workerUrl: pathToFileURL(worker),
    },
  );
  if (!table.ok) throw new Error(JSON.stringify(table.failure));
  return table.value.summary.rows;
});
