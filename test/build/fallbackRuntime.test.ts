import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkHash } from '../../build/fallbackRuntime.mjs';

let file: string;
beforeEach(() => {
  file = path.join(mkdtempSync(path.join(os.tmpdir(), 'mixtura-hash-')), 'runtime.zip');
  writeFileSync(file, 'abc');
});
afterEach(() => rmSync(path.dirname(file), { recursive: true }));

// FIPS 180-2, appendix B.1: the SHA-256 of "abc".
const sha256 = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

test('a file with the pinned hash is accepted', async () => {
  await expect(checkHash(file, 'sha256', 'hex', sha256)).resolves.toBeUndefined();
});

test('a file with one changed byte is refused in words', async () => {
  writeFileSync(file, 'abd');
  await expect(checkHash(file, 'sha256', 'hex', sha256)).rejects.toThrow(/not the file we pinned/);
});
