import path from 'node:path';
import { importsOf, sourcesOf, type Import } from './imports';
import type { Room } from './rooms';

/**
 * Reads every source file under the folders of the rooms and checks it.
 *
 * @param root   the project's folder
 * @param rooms  the table of rooms
 * @returns one line for each import the table forbids, `file:line: reason`; empty when all is well
 */
export function checkRooms(root: string, rooms: readonly Room[]): string[] {
  return [...sourcesOf(root, rooms)].flatMap(([file, text]) => checkFile(file, text, rooms));
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
