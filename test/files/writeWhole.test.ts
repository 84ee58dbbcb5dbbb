import { execFileSync } from 'node:child_process';
import { chmod, mkdir, readFile, readdir, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { writeNew, writeWhole } from '../../electron/files/writeWhole';
import { inFolder } from './readBytes';

test('a file is written whole, with its bytes counted', async () => {
  await inFolder(async (folder) => {
    const file = path.join(folder, 'a.txt');
    expect(await writeWhole(file, ['Grö', 'ße\n', new Uint8Array([65])])).toEqual({
      ok: true,
      value: { bytes: 9 },
    });
    expect(await readFile(file, 'utf8')).toBe('Größe\nA');
    expect(await readdir(folder)).toEqual(['a.txt']);
  });
});

test('a file that is replaced keeps its permissions, and a link stays a link', async () => {
  await inFolder(async (folder) => {
    const file = path.join(folder, 'a.txt');
    const link = path.join(folder, 'link.txt');
    await writeFile(file, 'old');
    await chmod(file, 0o640);
    await symlink(file, link);
    expect((await writeWhole(link, ['new'])).ok).toBe(true);
    expect(await readFile(file, 'utf8')).toBe('new');
    expect((await stat(file)).mode & 0o777).toBe(0o640);
    expect((await readdir(folder)).sort()).toEqual(['a.txt', 'link.txt']);
  });
});

test('cancelling leaves the old file and nothing else', async () => {
  await inFolder(async (folder) => {
    const file = path.join(folder, 'a.txt');
    await writeFile(file, 'old');
    const stopping = new AbortController();
    function* pieces(): Generator<string> {
      yield 'x'.repeat(1 << 19);
      stopping.abort();
      yield 'y'.repeat(1 << 19);
    }
    const result = await writeWhole(file, pieces(), stopping.signal);
    expect(result).toEqual({ ok: false, failure: { kind: 'cancelled' } });
    expect(await readFile(file, 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['a.txt']);
  });
});

test('a bug in what is written is thrown, and leaves the old file and nothing else', async () => {
  await inFolder(async (folder) => {
    const file = path.join(folder, 'a.txt');
    await writeFile(file, 'old');
    function* pieces(): Generator<string> {
      yield 'x';
      throw new TypeError('a bug');
    }
    await expect(writeWhole(file, pieces())).rejects.toThrow('a bug');
    expect(await readFile(file, 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['a.txt']);
  });
});

test('a full disk is said in words', async () => {
  const result = await writeWhole('/dev/full', ['x']);
  expect(result).toEqual({
    ok: false,
    failure: { kind: 'notWritten', file: 'full', problem: 'the disk is full' },
  });
});

test('a folder, a missing folder and a forbidden one are said in words', async () => {
  await inFolder(async (folder) => {
    await mkdir(path.join(folder, 'inner'));
    const problemOf = async (file: string): Promise<string> => {
      const result = await writeWhole(file, ['x']);
      return result.ok || result.failure.kind !== 'notWritten'
        ? JSON.stringify(result)
        : result.failure.problem;
    };
    expect(await problemOf(path.join(folder, 'inner'))).toBe('it is a folder');
    expect(await problemOf(path.join(folder, 'nowhere', 'a.txt'))).toBe('the folder does not exist');
    // Nobody may write there, not even root.
    expect(await problemOf('/sys/kernel/mixtura.txt')).toMatch(/not allowed|read-only/);
  });
});

/** A small file system of its own; null where this user may not make one. */
function mountSmall(folder: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

test('when the disk fills up midway, the old file is untouched and nothing is left', async () => {
  await inFolder(async (folder) => {
    const isMounted = mountSmall(folder);
    try {
      const file = path.join(folder, 'a.txt');
      await writeFile(file, 'old');
      function* pieces(): Generator<string> {
        for (let piece = 0; piece < 8; piece++) yield 'x'.repeat(1 << 18);
        if (!isMounted) throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
      }
      const result = await writeWhole(file, pieces());
      expect(result).toEqual({
        ok: false,
        failure: { kind: 'notWritten', file: 'a.txt', problem: 'the disk is full' },
      });
      expect(await readFile(file, 'utf8')).toBe('old');
      expect(await readdir(folder)).toEqual(['a.txt']);
    } finally {
      if (isMounted) execFileSync('umount', [folder]);
    }
  });
});

test('a new file takes no name that is taken', async () => {
  await inFolder(async (folder) => {
    const file = path.join(folder, 'a.txt');
    expect((await writeNew(file, ['first'])).ok).toBe(true);
    expect(await writeNew(file, ['second'])).toEqual({
      ok: false,
      failure: { kind: 'notWritten', file: 'a.txt', problem: 'there is such a file already' },
    });
    await symlink(path.join(folder, 'nowhere'), path.join(folder, 'link'));
    expect((await writeNew(path.join(folder, 'link'), ['third'])).ok).toBe(false);
    expect(await readFile(file, 'utf8')).toBe('first');
    expect((await readdir(folder)).sort()).toEqual(['a.txt', 'link']);
  });
});

test('of writers of one new name a single one succeeds, and its file is whole', async () => {
  await inFolder(async (folder) => {
    const file = path.join(folder, 'a.txt');
    const texts = Array.from({ length: 8 }, (_, i) => String(i).repeat(1 << 18));
    const results = await Promise.all(texts.map((text) => writeNew(file, [text])));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await readFile(file, 'utf8')).toBe(texts[results.findIndex(({ ok }) => ok)]);
    expect(await readdir(folder)).toEqual(['a.txt']);
  });
});

test('a cancelled new file takes no name', async () => {
  await inFolder(async (folder) => {
    const result = await writeNew(path.join(folder, 'a.txt'), ['x'], AbortSignal.abort());
    expect(result).toEqual({ ok: false, failure: { kind: 'cancelled' } });
    expect(await readdir(folder)).toEqual([]);
  });
});
