import path from 'node:path';
import { expect, test } from 'vitest';
import { decodeImage } from '../../../electron/files/images/decodeImage';

const picture = (name: string): string => path.join(import.meta.dirname, 'data', name);

/** True when the library that decodes pictures is in this process. */
function isLoaded(): boolean {
  const report = process.report.getReport() as { sharedObjects: string[] };
  return report.sharedObjects.some((file) => file.includes('libvips'));
}

test('the decoder is loaded with the first picture that needs it, not before', async () => {
  expect(isLoaded()).toBe(false);
  await decodeImage(picture('two.bmp'));
  await decodeImage(picture('README.md'));
  expect(isLoaded()).toBe(false);
  await decodeImage(picture('few.png'));
  expect(isLoaded()).toBe(true);
});
