import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { deflated } from '../../../electron/files/images/png/deflated';

/** Repeats itself at long and short distances, across the ends of strips too. */
const bytesOf = (length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => ((i >> 3) * (i % 29_989)) >> 4);

test.each([0, 1, 2 ** 20 - 1, 2 ** 20, 2 ** 20 + 1, 2.5 * 2 ** 20])(
  '%i bytes inflate to what was deflated in strips, stored or compressed',
  async (length) => {
    const bytes = bytesOf(length);
    for (const level of [0, 4]) {
      const stream = await deflated(bytes, level);
      // Node checks the sum at its end.
      expect(Buffer.from(bytes).equals(inflateSync(stream))).toBe(true);
    }
  },
);

test('a strip repeats what stands before it', async () => {
  const noise = new Uint8Array(2 ** 20);
  for (let i = 0, state = 1; i < noise.length; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    noise[i] = state >>> 24;
  }
  const again = Buffer.concat([noise, noise.subarray(-20_000)]);
  const added = (await deflated(again, 6)).length - (await deflated(noise, 6)).length;
  expect(added).toBeLessThan(1000);
});

test('the same bytes give the same stream, whatever else is deflated at the time', async () => {
  const bytes = bytesOf(1.5 * 2 ** 20);
  const [first, second] = await Promise.all([deflated(bytes, 4), deflated(bytes, 4)]);
  expect(Buffer.from(first).equals(second)).toBe(true);
});
