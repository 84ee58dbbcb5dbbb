import { existsSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import vue from '@vitejs/plugin-vue';
import { defineConfig, type EnvironmentOptions } from 'vite';
import { ensureKernels } from './compileKernels.mjs';

const root = path.resolve(import.meta.dirname, '..');

/** The oldest Node and Chromium the program runs on: those of the development runtime, Electron 33. */
const node = 'node20';
const chrome = 'chrome130';

/** Packages with files of their own beside their scripts: a native library, WebAssembly. They go along as they are. */
const packages = ['sharp', '@jsquash/oxipng'];

/** Everything else is bundled, so the packed program needs no other node_modules. */
const external = [
  'electron',
  /^electron\//,
  /^node:/,
  ...builtinModules,
  ...packages.map((name) => new RegExp(`^${name}(/|$)`)),
];

/** Entry files by the name of what they become; one per process or thread that is started by file name. */
const mainEntries = {
  main: 'electron/main/main.ts',
  service: 'electron/service/service.ts',
  worker: 'electron/threads/worker.ts',
  importWorker: 'electron/files/importWorker.ts',
  pictureWorker: 'electron/pictures/pictureWorker.ts',
  cli: 'electron/cli/cli.ts',
};
const preloadEntries = { preload: 'electron/preload/preload.ts' };

/** Keeps the entries whose file exists, as absolute paths, so that a half-grown tree still builds. */
function existing(entries: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(entries)
      .map(([name, file]): [string, string] => [name, path.join(root, file)])
      .filter(([, file]) => existsSync(file)),
  );
}

function nodeSide(
  outDir: string,
  format: 'es' | 'cjs',
  input: Record<string, string>,
  target: string,
): EnvironmentOptions {
  return {
    consumer: 'server',
    resolve: { noExternal: true, external: ['electron', ...packages], builtins: external },
    build: {
      ssr: true,
      outDir: path.join(root, outDir),
      emptyOutDir: true,
      copyPublicDir: false,
      target,
      minify: false,
      sourcemap: true,
      rolldownOptions: {
        input,
        external,
        output: {
          format,
          // Files are started by name, so names carry no hash.
          entryFileNames: format === 'cjs' ? '[name].cjs' : '[name].js',
          chunkFileNames: '[name]-[hash].js',
        },
      },
    },
  };
}

const inputs = { main: existing(mainEntries), preload: existing(preloadEntries) };

export default defineConfig({
  root: path.join(root, 'renderer'),
  base: './',
  plugins: [vue()],
  environments: {
    client: {
      build: {
        outDir: path.join(root, 'out/renderer'),
        emptyOutDir: true,
        target: chrome,
        sourcemap: false,
        // The content security policy allows no data: fonts or scripts.
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        chunkSizeWarningLimit: 2000,
      },
    },
    main: nodeSide('out/main', 'es', inputs.main, node),
    // A sandboxed preload script must be one CommonJS file.
    preload: nodeSide('out/preload', 'cjs', inputs.preload, chrome),
  },
  builder: {
    async buildApp(builder) {
      await ensureKernels(root);
      const wanted = {
        client: existsSync(path.join(root, 'renderer/index.html')),
        main: Object.keys(inputs.main).length > 0,
        preload: Object.keys(inputs.preload).length > 0,
      };
      for (const [name, isWanted] of Object.entries(wanted)) {
        const environment = builder.environments[name];
        if (isWanted && environment) await builder.build(environment);
      }
    },
  },
});
