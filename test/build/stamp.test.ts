import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { stampOf } from '../../build/stamp.mjs';

let root: string;
const stamp = (): string => stampOf(root, ['shared', 'package.json', 'absent']);

beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'mixtura-stamp-'));
  mkdirSync(path.join(root, 'shared/inner'), { recursive: true });
  writeFileSync(path.join(root, 'shared/inner/a.ts'), 'a');
  writeFileSync(path.join(root, 'package.json'), '{}');
});
afterEach(() => rmSync(root, { recursive: true }));

test('a file saved again unchanged does not ask for a build', () => {
  const before = stamp();
  utimesSync(path.join(root, 'shared/inner/a.ts'), 1, 1);
  expect(stamp()).toBe(before);
});

test.each([
  ['changed contents', () => writeFileSync(path.join(root, 'shared/inner/a.ts'), 'b')],
  ['a new file', () => writeFileSync(path.join(root, 'shared/b.ts'), '')],
  [
    'a renamed file',
    () => renameSync(path.join(root, 'shared/inner/a.ts'), path.join(root, 'shared/inner/c.ts')),
  ],
  ['a removed file', () => rmSync(path.join(root, 'package.json'))],
  ['a folder that appears', () => writeFileSync(path.join(root, 'absent'), '')],
])('%s asks for a build', (_what, change) => {
  const before = stamp();
  change();
  expect(stamp()).not.toBe(before);
});
