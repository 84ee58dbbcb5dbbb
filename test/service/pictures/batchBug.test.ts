import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { encode } from 'fast-png';
import { afterEach, expect, it, vi } from 'vitest';
import { PictureThreads } from '../../../electron/pictures/pictureThreads';
import { runBatch } from '../../../electron/service/pictures/batch/runBatch';
import { inFolder } from '../../files/readBytes';
import { drawnPicture } from '../../image/drawnPicture';
import { builtScript } from '../../support/builtScripts';
import { valueOf } from '../openService';
import { specified } from './pictureService';

afterEach(() => vi.restoreAllMocks());

it('a thread that dies over one picture leaves the others to be done', async () => {
  const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  await inFolder(async (folder) => {
    mkdirSync(path.join(folder, 'out'));
    const files = ['a.png', 'b.png', 'c.png'].map((name) => ({ name, path: path.join(folder, name) }));
    const { width, height, rgba } = drawnPicture(20, 20, 1, 1);
    for (const file of files)
      writeFileSync(file.path, encode({ width, height, data: rgba, channels: 4, depth: 8 }));
    const threads = new PictureThreads(builtScript('pictureWorker.js'), 2);
    // A lack of memory cannot be brought about at will.
    const run: PictureThreads['run'] = (lane, job, body, options) =>
      job === 'quantiseFile' && 'path' in body && body.path === files[1].path
        ? Promise.reject(new Error('out of memory'))
        : threads.run(lane, job, body, options);
    const request: Parameters<typeof runBatch>[0] = {
      files,
      into: path.join(folder, 'out'),
      frame: 0,
      specification: specified({}),
      palette: { kind: 'own' },
      format: 'png',
      extras: [],
      segments: { smallest: 1, connectivity: 4 },
      scale: null,
    };
    const context = { signal: new AbortController().signal, emit: () => undefined };
    const { rows, isComplete } = valueOf(await runBatch(request, { run, threads: 2 }, context));
    expect(isComplete).toBe(true);
    expect(rows.map(({ kind }) => kind)).toEqual(['done', 'failed', 'done']);
    expect(rows[1]).toMatchObject({ failure: { kind: 'internal' } });
    expect(logged).toHaveBeenCalledOnce();
    await threads.close();
  });
});
