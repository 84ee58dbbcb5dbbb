import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app, net, protocol, session } from 'electron';

const host = 'mixtura';
export const appOrigin = `app://${host}`;

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  // ECharts places its tooltip by style attributes.
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const headers = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

const contentTypes: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
]);

/** Must run before the app is ready: app:// is a standard, secure scheme, and no host name is ever resolved. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
}

/** No page may navigate, open a window, embed another page or speak WebRTC, which no policy covers. */
export function allowOnlyOwnPages(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-frame-navigate', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}

/** Text may be put on the clipboard by a click, as a menu's Copy does; nothing may be read from it. */
const isAllowed = (permission: string): boolean => permission === 'clipboard-sanitized-write';

/** Serves the window's files under app://, and refuses every other permission, download and network request. */
export async function closeNetwork(): Promise<void> {
  const own = session.defaultSession;
  own.setPermissionRequestHandler((_contents, permission, done) => done(isAllowed(permission)));
  own.setPermissionCheckHandler((_contents, permission) => isAllowed(permission));
  own.setDevicePermissionHandler(() => false);
  own.setSpellCheckerEnabled(false);
  own.on('will-download', (event) => event.preventDefault());
  own.webRequest.onBeforeRequest((request, done) => {
    const { protocol: scheme } = new URL(request.url);
    done({ cancel: !['app:', 'blob:', 'data:', 'devtools:'].includes(scheme) });
  });
  // A proxy that does not exist catches what the filter above cannot see.
  await own.setProxy({
    mode: 'fixed_servers',
    proxyRules: 'http://127.0.0.1:9',
    proxyBypassRules: '<-loopback>',
  });
  own.protocol.handle('app', serve);
}

async function serve(request: Request): Promise<Response> {
  const url = new URL(request.url);
  // To Node's URL every scheme it does not know has the origin `null`.
  if (url.host !== host || request.method !== 'GET') return new Response(null, { status: 403, headers });
  const folder = path.join(import.meta.dirname, '..', 'renderer');
  const file = path.join(folder, decodeURIComponent(url.pathname === '/' ? '/index.html' : url.pathname));
  const contentType = contentTypes.get(path.extname(file));
  if (!file.startsWith(folder + path.sep) || contentType === undefined || !existsSync(file))
    return new Response(null, { status: 404, headers });
  const response = await net.fetch(pathToFileURL(file).href);
  return new Response(response.body, { headers: { ...headers, 'Content-Type': contentType } });
}
