import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from './program';

test('the window has no Node, no eval and no way to the network', async ({ program }) => {
  const { page } = program;
  const hits: string[] = [];
  const server = createServer((request, response) => {
    hits.push(request.url ?? '');
    response.end('x');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const found = await page.evaluate(async (url) => {
    // Playwright lifts the ban on eval for the synchronous part of a call.
    await new Promise((resolve) => setTimeout(resolve));
    const outcome = async (attempt: () => unknown): Promise<string> => {
      try {
        await attempt();
        return 'allowed';
      } catch {
        return 'refused';
      }
    };
    const image = new Promise<void>((resolve, reject) => {
      const element = new Image();
      element.onload = () => resolve();
      element.onerror = () => reject(new Error('refused'));
      element.src = `${url}/image`;
    });
    return {
      node: typeof (globalThis as { require?: unknown }).require,
      process: typeof (globalThis as { process?: unknown }).process,
      eval: await outcome(() => globalThis.eval('1')),
      fetch: await outcome(() => fetch(`${url}/fetch`)),
      image: await outcome(() => image),
      socket: await outcome(() => new WebSocket(`${url.replace('http', 'ws')}/socket`)),
      beacon: navigator.sendBeacon(`${url}/beacon`) ? 'allowed' : 'refused',
      file: await outcome(() => fetch('file:///etc/hostname')),
      traversal: (await fetch('app://mixtura/..%2f..%2fpackage.json')).status,
      window: window.open(`${url}/window`) === null ? 'refused' : 'allowed',
      notification: await Notification.requestPermission(),
      isolated: globalThis.crossOriginIsolated,
    };
  }, address);
  await page.evaluate((url) => {
    location.href = `${url}/navigation`;
  }, address);
  // Asked of main: Playwright itself would wait for the navigation that is refused.
  const pageAddress = await program.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.getURL(),
  );
  expect(pageAddress).toBe('app://mixtura/index.html');
  await new Promise<void>((resolve) => server.close(() => resolve()));

  expect(hits).toEqual([]);
  expect(found).toMatchObject({
    node: 'undefined',
    process: 'undefined',
    eval: 'refused',
    fetch: 'refused',
    image: 'refused',
    file: 'refused',
    traversal: 404,
    window: 'refused',
    notification: 'denied',
    isolated: true,
  });
  program.expectErrors(/Content Security Policy|Not allowed|Refused|Failed to load|ERR_|app:/i);
});
