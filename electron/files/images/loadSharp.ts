import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import type sharpType from 'sharp';

type Sharp = typeof sharpType;

const require = createRequire(import.meta.url);

/** The loaders of libvips that read what we open. All others stay shut: they read scripts, documents or other files. */
const loaders = ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Tiff', 'Heif'].map((name) => `VipsForeignLoad${name}`);

let loaded: Sharp | undefined;

/** The decoder of pictures, loaded when the first one is opened: it takes 20 MB and 80 ms, which tables never need. */
export function loadSharp(): Sharp {
  loaded ??= requireSharp();
  return loaded;
}

function requireSharp(): Sharp {
  if (process.platform === 'linux' && process.versions.electron !== undefined) bindToItsOwnGlib();
  const emitWarning = process.emitWarning;
  // It warns of Electron's glib, which it was kept from just now.
  process.emitWarning = (warning: string | Error, ...rest: unknown[]): void => {
    if (!JSON.stringify(rest).includes('SharpElectronLinux')) {
      Reflect.apply(emitWarning, process, [warning, ...rest]);
    }
  };
  try {
    // Its ES module imports JSON, of which Node 20 warns.
    const sharp = require('sharp') as Sharp;
    sharp.cache(false);
    sharp.block({ operation: ['VipsForeignLoad'] });
    sharp.unblock({ operation: loaders });
    return sharp;
  } finally {
    process.emitWarning = emitWarning;
  }
}

/**
 * Electron on Linux has the system's glib in its process, sharp brings another one, and sharp's calls would go to the
 * wrong one: objects are never freed, and with some versions it crashes (electron/electron#46323). So sharp's library is
 * loaded first, as it is, and then its binding with its own libraries before those of the process; sharp then finds it
 * loaded. Only the binding may be loaded so: the library must share its allocator with the process. For the same reason
 * sharp is given bytes, never names of files: what it does with those frees memory that others allocated.
 * May go when sharp hides the names of its glib.
 */
function bindToItsOwnGlib(): void {
  const { RTLD_LAZY, RTLD_DEEPBIND } = os.constants.dlopen as Partial<typeof os.constants.dlopen>;
  // musl knows no such binding, and Electron has no build for it.
  if (RTLD_LAZY === undefined || RTLD_DEEPBIND === undefined) return;
  const fromSharp = createRequire(require.resolve('sharp'));
  const library = nativeFile(fromSharp, `@img/sharp-libvips-linux-${process.arch}/package`, 'libvips-cpp.so');
  const binding = nativeFile(fromSharp, `@img/sharp-linux-${process.arch}/package`, 'sharp-linux');
  try {
    process.dlopen({ exports: {} }, library, RTLD_LAZY);
  } catch (error) {
    // It is no binding of Node, which is said only after it was loaded; and it stays (its file says NODELETE).
    if (!(error instanceof Error && error.message.startsWith('Module did not self-register'))) throw error;
  }
  process.dlopen({ exports: {} }, binding, RTLD_LAZY | RTLD_DEEPBIND);
}

/** The file in the `lib` of a package whose name starts so; with what lies beside the program's archive if packed. */
function nativeFile(from: NodeJS.Require, packageFile: string, start: string): string {
  const folder = path
    .join(path.dirname(from.resolve(packageFile)), 'lib')
    .replace(`app.asar${path.sep}`, `app.asar.unpacked${path.sep}`);
  const name = readdirSync(folder).find((each) => each.startsWith(start));
  if (name === undefined) throw new Error(`${packageFile} holds no ${start}`);
  return path.join(folder, name);
}
