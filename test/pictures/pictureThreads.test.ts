import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PictureThreads } from '../../electron/pictures/pictureThreads';
import { shared } from '../../electron/pictures/sharedMemory';
import { drawnPicture } from '../image/drawnPicture';
import { builtScript } from '../support/builtScripts';

let threads: PictureThreads;
beforeEach(() => {
  threads = new PictureThreads(builtScript('pictureWorker.js'), 2);
});
afterEach(() => threads.close());

const { rgba, ...size } = drawnPicture(32, 32, 1, 4);
const pixels = { ...size, rgba: shared(rgba) };
const count = (signal = new AbortController().signal) =>
  threads.run('view', 'countColours', { pixels }, { signal });

describe('picture threads', () => {
  it('do one job after the other, more than there are threads', async () => {
    const found = await Promise.all(Array.from({ length: 7 }, () => count()));
    expect(found.map(({ ok }) => ok)).toEqual(Array(7).fill(true));
    expect((await count()).ok).toBe(true);
  });

  it('answer a cancelled job at once, and go on with the others', async () => {
    const controller = new AbortController();
    const all = [count(), count(controller.signal), count(controller.signal), count()];
    controller.abort();
    const cancelled = { ok: false, failure: { kind: 'cancelled' } };
    expect(await all[1]).toEqual(cancelled);
    expect(await all[2]).toEqual(cancelled);
    expect((await all[0]).ok).toBe(true);
    expect((await all[3]).ok).toBe(true);
    expect((await count()).ok).toBe(true);
  });

  it('do nothing more once they are closed', async () => {
    await threads.close();
    expect(await count()).toEqual({ ok: false, failure: { kind: 'cancelled' } });
  });
});
