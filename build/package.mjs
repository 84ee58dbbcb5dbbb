// @ts-check
// `npm run package`: builds the program and packs it into release/, offline. What is packed is started once and made
// to fit an example before the command succeeds.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { needsVirtualDisplay, startVirtualDisplay } from './setup/display.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { ensureElectron, runtimeText } from './setup/electronRuntime.mjs';
import { ensureOutput } from './setup/output.mjs';
import { hasSandbox } from './setup/sandbox.mjs';
import { root, say, SetupError } from './setup/say.mjs';
import { ensureSystemLibraries } from './setup/systemLibraries.mjs';

try {
  ensureDependencies();
  ensureOutput();
  const runtime = await ensureElectron();
  say(runtimeText(runtime));
  if (runtime.source === 'fallback')
    say('NOT FOR SHIPPING: this package holds the fallback runtime, which is for development and tests only');
  await pack(runtime);
  await smokeTest(runtime);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  say(error.message);
  process.exitCode = 1;
}

/** @param {import('./setup/electronRuntime.mjs').ElectronRuntime} runtime */
async function pack(runtime) {
  const { build, Platform, Arch } = await import('electron-builder');
  const archiver = ['7zz', '7z', '7za'].map(programPath).find((found) => found !== null) ?? null;
  const targets = ['dir'];
  if (process.platform === 'linux' && archiver !== null) {
    process.env['ELECTRON_BUILDER_7ZIP_PATH'] = archiver;
    // Level 1 takes seconds instead of minutes and makes the archive a twentieth larger.
    process.env['ELECTRON_BUILDER_COMPRESSION_LEVEL'] = '1';
    targets.push('tar.gz');
  } else {
    say('no 7zip here: making the folder only, no archive');
  }
  rmSync(path.join(root, 'release'), { recursive: true, force: true });
  await build({
    projectDir: root,
    targets: Platform.current().createTarget(targets, process.arch === 'arm64' ? Arch.arm64 : Arch.x64),
    publish: 'never',
    config: {
      appId: 'org.mixtura.Mixtura',
      productName: 'Mixtura',
      electronDist: runtime.dist,
      electronVersion: runtime.version,
      npmRebuild: false,
      nodeGypRebuild: false,
      directories: { output: 'release', buildResources: 'build' },
      // Everything is bundled, so no package goes along.
      files: ['out/{main,preload,renderer}/**', 'package.json', 'LICENSE', '!**/*.map', '!node_modules'],
      extraResources: [{ from: 'examples', to: 'examples' }],
      electronLanguages: ['en-US'],
      electronFuses: {
        runAsNode: false,
        enableCookieEncryption: false,
        enableNodeOptionsEnvironmentVariable: false,
        enableNodeCliInspectArguments: false,
        enableEmbeddedAsarIntegrityValidation: true,
        onlyLoadAppFromAsar: true,
        loadBrowserProcessSpecificV8Snapshot: false,
        grantFileProtocolExtraPrivileges: false,
      },
      // electron-builder leaves these in when it is given an unpacked Electron.
      afterPack: ({ appOutDir }) => {
        rmSync(path.join(appOutDir, 'resources/default_app.asar'), { force: true });
        rmSync(path.join(appOutDir, 'version'), { force: true });
        const sandbox = path.join(appOutDir, 'chrome-sandbox');
        if (existsSync(sandbox)) chmodSync(sandbox, 0o755);
        return Promise.resolve();
      },
      linux: { category: 'Science', executableName: 'mixtura', icon: 'build/icon.png' },
      mac: { category: 'public.app-category.utilities', icon: 'build/icon.png' },
      win: { icon: 'build/icon.png' },
    },
  });
}

/** @param {import('./setup/electronRuntime.mjs').ElectronRuntime} runtime */
async function smokeTest(runtime) {
  if (process.platform !== 'linux') {
    say('the package is started once on Linux only');
    return;
  }
  const isVirtual = needsVirtualDisplay();
  ensureSystemLibraries(runtime.executable, { needsVirtualDisplay: isVirtual });
  const display = isVirtual ? await startVirtualDisplay() : { environment: {}, stop: () => {} };
  try {
    const { smokePackage } = await import('./smokePackage.mjs');
    const executable = path.join(root, 'release/linux-unpacked/mixtura');
    say(await smokePackage(executable, hasSandbox(), { ...process.env, ...display.environment }));
  } finally {
    display.stop();
  }
}

/**
 * @param {string} program
 * @returns {string | null}
 */
function programPath(program) {
  const { stdout, status } = spawnSync('which', [program], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : null;
}
