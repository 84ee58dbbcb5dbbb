import { expect, test } from 'vitest';
import { run, runInForeground, runQuietly } from '../../build/run.mjs';

const node = (script: string): [string, string[]] => [process.execPath, ['-e', script]];

test('the exit code of a program passes through', async () => {
  expect(await runInForeground(...node('process.exit(7)'))).toBe(7);
});

test('a program ended by a signal gives 128 and the number of the signal, as in a shell', async () => {
  expect(await run(...node("process.kill(process.pid, 'SIGTERM')"))).toBe(143);
});

test('a signal sent to us reaches the program once', async () => {
  const count = 'let n = 0; process.on("SIGINT", () => { n++; setTimeout(() => process.exit(n), 100); });';
  const parent =
    'process.kill(process.ppid, "SIGINT"); process.kill(process.ppid, "SIGINT"); setInterval(() => {}, 1000);';
  const script = `
    import { runInForeground } from ${JSON.stringify(new URL('../../build/run.mjs', import.meta.url).href)};
    process.exitCode = await runInForeground(process.execPath, ['-e', ${JSON.stringify(count + parent)}]);`;
  const { code } = await runQuietly(process.execPath, ['--input-type=module', '-e', script]);
  expect(code).toBe(1);
});

test('a program that does not exist is 127, not a crash', async () => {
  expect((await runQuietly('mixtura-no-such-program', [])).code).toBe(127);
});
