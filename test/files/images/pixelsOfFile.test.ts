import { writeFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { pixelsOfFile } from '../../../electron/files/images/pixelsOfFile';
import { inFolder } from '../readBytes';

const picture = sharp({ create: { width: 300, height: 200, channels: 3, background: '#369' } });

test.each(['png', 'jpeg', 'webp', 'gif', 'tiff', 'avif'] as const)('%s tells its size', async (format) => {
  await inFolder(async (folder) => {
    const file = path.join(folder, 'picture');
    writeFileSync(file, await picture.clone().toFormat(format).toBuffer());
    expect(await pixelsOfFile(file)).toEqual({ ok: true, value: 60_000 });
  });
});

test('a WebP whose header wants the whole file tells its size too', async () => {
  await inFolder(async (folder) => {
    const file = path.join(folder, 'picture');
    const noise = Buffer.from(Uint8Array.from({ length: 3 * 300 * 200 }, (_, i) => (i * 7919) >>> 3));
    const raw = { width: 300, height: 200, channels: 3 } as const;
    writeFileSync(file, await sharp(noise, { raw }).webp({ lossless: true }).toBuffer());
    expect(await pixelsOfFile(file)).toEqual({ ok: true, value: 60_000 });
  });
});

test('what is no picture, or broken, tells nothing', async () => {
  await inFolder(async (folder) => {
    const file = path.join(folder, 'picture.png');
    writeFileSync(file, 'words');
    expect(await pixelsOfFile(file)).toEqual({ ok: true, value: null });
    writeFileSync(file, (await picture.clone().webp().toBuffer()).subarray(0, 40));
    expect(await pixelsOfFile(file)).toEqual({ ok: true, value: null });
  });
});
