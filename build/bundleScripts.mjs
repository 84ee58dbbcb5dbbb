// @ts-check
import { builtinModules } from 'node:module';
import path from 'node:path';

/**
 * Bundles scripts, which are TypeScript, for the Node or Electron that runs them. What else lies in the folder stays.
 * @param {string} root the project's folder
 * @param {string} folder where the bundles go
 * @param {Readonly<Record<string, string>>} scripts entry files from the root, by the name of their bundle
 */
export async function bundleScripts(root, folder, scripts) {
  const { build } = await import('vite');
  const entries = Object.entries(scripts).map(([name, file]) => [name, path.join(root, file)]);
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: false,
      target: 'node20',
      minify: false,
      rolldownOptions: {
        input: Object.fromEntries(entries),
        external: ['electron', /^node:/, ...builtinModules],
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name].js' },
      },
    },
  });
}
