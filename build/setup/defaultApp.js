// What Electron's own default_app does for `electron [-r module]... [switches] path/to/app [args]`: it goes into the
// fallback runtime, which comes without one. Playwright starts the program with -r.
import * as electron from 'electron/main';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const { app } = electron;
const require = createRequire(import.meta.url);
const args = process.argv.slice(1);
const preloaded = [];
let target;
for (let i = 0; i < args.length; i++) {
  if (args[i] === '--version' || args[i] === '-v') {
    console.log(`v${process.versions.electron}`);
    process.exit(0);
  }
  if (args[i] === '-r' || args[i] === '--require') {
    preloaded.push(args[++i]);
    continue;
  }
  if (args[i].startsWith('-')) continue;
  target = path.resolve(args[i]);
  break;
}
if (!target) {
  console.error('usage: electron path/to/app');
  process.exit(1);
}
Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true });
for (const module of preloaded) require(module);
try {
  const packageFile = path.join(target, 'package.json');
  let entry = target;
  if (fs.existsSync(packageFile)) {
    const description = JSON.parse(fs.readFileSync(packageFile, 'utf8'));
    if (description.version) app.setVersion(description.version);
    app.name = description.productName || description.name || app.name;
    if (process.platform === 'linux') app.setDesktopName(description.desktopName || `${app.name}.desktop`);
    entry = path.resolve(target, description.main || 'index.js');
    app.setAppPath(target);
  } else {
    app.setAppPath(path.dirname(target));
  }
  await import(pathToFileURL(require.resolve(entry)).href);
} catch (error) {
  console.error('App threw an error during load');
  console.error(error?.stack ?? error);
  app.exit(1);
}
