import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { FreeNames } from '../../../electron/service/pictures/batch/freeNames';
import { naturalOrder } from '../../../electron/service/pictures/batch/naturalOrder';
import { inFolder } from '../../files/readBytes';

it('a name that is taken gets a number, with all that belongs to it', async () => {
  await inFolder(async (folder) => {
    writeFileSync(path.join(folder, 'B labels.png'), '');
    const found = await FreeNames.of(folder);
    if (!found.ok) throw new Error('no folder');
    const take = (stem: string, ...ends: string[]): string => found.value.take(stem, ends);
    expect(take('a', '.png')).toBe('a');
    expect(take('a', '.png')).toBe('a (2)');
    expect(take('A', '.png')).toBe('A (3)');
    // The picture's own name is free; that of its labels is not.
    expect(take('b', '.png', ' labels.png')).toBe('b (2)');
    expect(take('caf\u00e9', '.png')).toBe('caf\u00e9');
    expect(take('cafe\u0301', '.png')).toBe('cafe\u0301 (2)');
  });
});

it('numbers in names are compared by their value', () => {
  const names = ['b', 'a10', 'a9', 'A1', 'a1', 'a01'];
  expect([...names].sort(naturalOrder)).toEqual([...names].reverse().sort(naturalOrder));
  expect([...names].sort(naturalOrder).slice(-3)).toEqual(['a9', 'a10', 'b']);
});
