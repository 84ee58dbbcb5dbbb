import { expect, test } from 'vitest';
import { notFound } from '../../build/systemLibraries.mjs';

test('of what ldd prints, only libraries it could not find are missing', () => {
  const output = [
    '\tlinux-vdso.so.1 (0x00007ffd)',
    '\tlibgtk-3.so.0 => not found',
    '\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f)',
    '\tlibasound.so.2 => not found',
  ].join('\n');
  expect(notFound(output)).toEqual(['libgtk-3.so.0', 'libasound.so.2']);
});
