// @ts-check

const main = `
import * as electron from 'electron/main';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const { app } = electron;
const require = createRequire(import.meta.url);
const argv = process.argv.slice(1);
const required = [];
let target;
for (let i = 0; i < argv.length; i++) {
  if (argv[i] === '--version' || argv[i] === '-v') {
    console.log('v' + process.versions.electron);
    process.exit(0);
  }
  if (argv[i] === '-r' || argv[i] === '--require') {
    required.push(argv[++i]); // Playwright's loader
    continue;
  }
  if (argv[i].startsWith('-')) continue;
  target = path.resolve(argv[i]);
  break;
}
if (!target) {
  console.error('usage: electron path/to/app');
  process.exit(1);
}
Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true });
for (const file of required) require(file);
try {
  const description = path.join(target, 'package.json');
  let entry = target;
  if (fs.existsSync(description)) {
    const program = JSON.parse(fs.readFileSync(description, 'utf8'));
    if (program.version) app.setVersion(program.version);
    app.name = program.productName || program.name || app.name;
    app.setDesktopName(program.desktopName || app.name + '.desktop');
    entry = path.resolve(target, program.main || 'index.js');
    app.setAppPath(target);
  } else app.setAppPath(path.dirname(target));
  await import(pathToFileURL(require.resolve(entry)).href);
} catch (error) {
  console.error('App threw an error during load');
  console.error(error?.stack ?? error);
  app.exit(1);
}
`;

/**
 * The files of the program Electron starts when it is given a path: what Electron's own `default_app.asar`
 * does for `electron [-r module] [switches] path/to/program [arguments]`, and no more.
 * @type {Readonly<Record<string, string>>}
 */
export const defaultApp = {
  'package.json': '{"name":"electron","productName":"Electron","main":"main.js","type":"module"}',
  'main.js': main,
};
