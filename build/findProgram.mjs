// @ts-check
import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/**
 * Looks a program up the way a shell does.
 * @param {string} name
 * @returns {string | undefined} its absolute path
 */
export function findProgram(name) {
  // Debian keeps some programs where an ordinary user's path does not look.
  const folders = [...(process.env['PATH'] ?? '').split(path.delimiter), '/usr/sbin', '/sbin'];
  return folders
    .filter(Boolean)
    .map((folder) => path.join(folder, name))
    .find(isExecutable);
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
