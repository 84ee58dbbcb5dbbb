// @ts-check
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { findProgram } from './findProgram.mjs';
import { runMain, say } from './say.mjs';
import { root, setUpProgram, setUpWindow } from './setup.mjs';
import { smokePackage } from './smokePackage.mjs';

await runMain(async () => {
  await setUpProgram();
  const runtime = await setUpWindow();
  if (runtime.source !== 'official')
    say(`NOT FOR SHIPPING: packed with Electron ${runtime.version}, which is for development and tests only`);

  const output = path.join(root, 'release');
  rmSync(output, { recursive: true, force: true });
  await build(runtime, output);

  if (process.platform === 'linux') await smokePackage(path.join(output, 'linux-unpacked/mixtura'));
  else say(`made ${output}; the smoke test runs on Linux only`);
  if (runtime.source !== 'official')
    say('NOT FOR SHIPPING: pack again where the official Electron can be downloaded');
  return 0;
});

/**
 * Packs out/ with electron-builder. Everything it takes lies on this machine already.
 * @param {import('./electronRuntime.mjs').ElectronRuntime} runtime
 * @param {string} output  folder for what is made
 */
async function build(runtime, output) {
  const { build: pack, Platform } = await import('electron-builder');
  const sevenZip = findProgram('7zz') ?? findProgram('7z');
  if (sevenZip) {
    // Else electron-builder would download its own.
    process.env['ELECTRON_BUILDER_7ZIP_PATH'] = sevenZip;
    process.env['ELECTRON_BUILDER_COMPRESSION_LEVEL'] ??= '1'; // 30 times faster for 5 % more bytes
  } else say('no 7zip here, so only the unpacked program is made, no tar.gz');

  await pack({
    targets: Platform.current().createTarget(sevenZip ? ['dir', 'tar.gz'] : ['dir']),
    projectDir: root,
    config: configure(runtime, output),
    publish: 'never',
  });
}

/**
 * @param {import('./electronRuntime.mjs').ElectronRuntime} runtime
 * @param {string} output
 * @returns {import('electron-builder').Configuration}
 */
function configure(runtime, output) {
  const { productName } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  return {
    appId: 'org.mixtura.Mixtura',
    productName,
    electronDist: runtime.dist,
    electronVersion: runtime.version,
    npmRebuild: false,
    nodeGypRebuild: false,
    directories: { output, buildResources: path.join(root, 'build') },
    // All but what package.json calls its dependencies is bundled into out/.
    files: [
      'out/{main,preload,renderer}/**',
      'out/kernels/*.wasm',
      'package.json',
      '!**/*.map',
      '!node_modules/@jsquash/oxipng/codec/pkg-parallel',
    ],
    // A native library is opened by the system, which knows no archives.
    asarUnpack: ['node_modules/@img/**'],
    extraResources: [
      ...(existsSync(path.join(root, 'examples')) ? [{ from: 'examples', to: 'examples' }] : []),
      ...nativeLicences(),
    ],
    asar: true,
    electronLanguages: ['en-US'],
    electronFuses: {
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      onlyLoadAppFromAsar: true,
      enableEmbeddedAsarIntegrityValidation: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
      // There are no cookies, and this one cannot be taken back.
      enableCookieEncryption: false,
    },
    // Left in when Electron is taken from a folder.
    afterPack: ({ appOutDir }) => {
      rmSync(path.join(appOutDir, 'resources/default_app.asar'), { force: true });
      rmSync(path.join(appOutDir, 'version'), { force: true });
    },
    linux: {
      category: 'Science',
      executableName: 'mixtura',
      icon: path.join(root, 'build/icon.png'),
    },
    publish: null,
  };
}

/**
 * What is in sharp's native library and under which licences; electron-builder leaves such files out.
 * @returns {{from: string, to: string}[]}
 */
function nativeLicences() {
  const folder = 'node_modules/@img';
  return readdirSync(path.join(root, folder))
    .filter((name) => /^sharp-(libvips|win32)-/.test(name))
    .map((name) => ({ from: `${folder}/${name}/README.md`, to: `licences/${name}.md` }));
}
