import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { parse } from 'vue/compiler-sfc';
import type { Room } from './rooms';

/** One import of a file: what it names, where, and whether it vanishes when compiled. */
interface Import {
  readonly target: string;
  readonly line: number;
  readonly isTypeOnly: boolean;
}

const sourceFile = /\.(ts|mts|js|mjs|vue)$/;

/**
 * Reads every source file under the folders of the rooms and checks it.
 *
 * @param root   the project's folder
 * @param rooms  the table of rooms
 * @returns one line for each import the table forbids, `file:line: reason`; empty when all is well
 */
export function checkRooms(root: string, rooms: readonly Room[]): string[] {
  const tops = new Set(rooms.map((room) => room.path.split('/')[0]).filter((top) => !top.includes('.')));
  return [...tops].flatMap((top) =>
    filesUnder(root, top).flatMap((file) =>
      checkFile(file, readFileSync(path.join(root, file), 'utf8'), rooms),
    ),
  );
}

/**
 * Checks the imports of one file.
 *
 * @param file   its path from the root of the project, with forward slashes
 * @param text   its contents
 * @param rooms  the table of rooms
 */
export function checkFile(file: string, text: string, rooms: readonly Room[]): string[] {
  const room = roomOf(file, rooms);
  if (!room) return [`${file}: belongs to no room; give its folder a line in build/rooms.ts`];
  return importsOf(file, text).flatMap((found) => {
    const reason = found.target.startsWith('.')
      ? refuseFile(path.posix.join(path.posix.dirname(file), found.target), room, rooms)
      : refusePackage(found, room);
    return reason ? [`${file}:${found.line}: ${room.path} may not import ${reason}`] : [];
  });
}

function refuseFile(target: string, room: Room, rooms: readonly Room[]): string | undefined {
  // The compiler finds `EChart.vue` by that name only, and everything else without its extension.
  const other = roomOf(target, rooms);
  if (!other) return `${target}, which belongs to no room`;
  return other === room || room.rooms.includes(other.path) ? undefined : `${other.path} (${target})`;
}

function refusePackage(found: Import, room: Room): string | undefined {
  const name = packageName(found.target);
  const allowed = found.isTypeOnly ? [...room.packages, ...(room.typePackages ?? [])] : room.packages;
  if (allowed.includes(name)) return undefined;
  return room.typePackages?.includes(name) ? `${found.target} but for its types` : found.target;
}

/** `node:fs/promises` and `fs` are `node:*`, `echarts/core` is `echarts`, `@vueuse/core/x` is `@vueuse/core`. */
function packageName(specifier: string): string {
  if (specifier.startsWith('node:') || nodeModules.has(specifier)) return 'node:*';
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

const nodeModules = new Set([
  'fs',
  'path',
  'os',
  'url',
  'util',
  'crypto',
  'stream',
  'events',
  'worker_threads',
]);

function roomOf(file: string, rooms: readonly Room[]): Room | undefined {
  return rooms
    .filter((room) => file === room.path || file.startsWith(`${room.path}/`))
    .sort((a, b) => b.path.length - a.path.length)[0];
}

function filesUnder(root: string, folder: string): string[] {
  let entries;
  try {
    entries = readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true });
  } catch {
    return []; // A room that is in the table but has no folder yet.
  }
  return entries
    .filter((entry) => entry.isFile() && sourceFile.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));
}

function importsOf(file: string, text: string): Import[] {
  if (!file.endsWith('.vue')) return importsOfScript(text, 0);
  const { descriptor } = parse(text, { filename: file, sourceMap: false });
  return [descriptor.script, descriptor.scriptSetup].flatMap((block) =>
    block ? importsOfScript(block.content, block.loc.start.line - 1) : [],
  );
}

function importsOfScript(text: string, lineOffset: number): Import[] {
  const source = ts.createSourceFile('file.ts', text, ts.ScriptTarget.Latest, false);
  const found: Import[] = [];
  const add = (literal: ts.Node | undefined, isTypeOnly: boolean): void => {
    if (!literal || !ts.isStringLiteralLike(literal)) return;
    const { line } = source.getLineAndCharacterOfPosition(literal.getStart(source));
    found.push({ target: literal.text, line: line + 1 + lineOffset, isTypeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node))
      add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      add(node.argument.literal, true);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
