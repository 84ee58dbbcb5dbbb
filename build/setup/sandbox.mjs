// @ts-check
import { spawnSync } from 'node:child_process';
import { say } from './say.mjs';

/**
 * Whether Chromium's sandbox can be had: not by root, and not where the machine refuses user namespaces (some
 * containers). The program itself never asks to run without it.
 */
export function hasSandbox() {
  if (process.platform !== 'linux') return true;
  if (process.getuid?.() === 0) return false;
  if (spawnSync('unshare', ['--user', 'true'], { stdio: 'ignore' }).status === 0) return true;
  say('this machine refuses user namespaces: running without Chromium’s sandbox');
  return false;
}
