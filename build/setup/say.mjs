// @ts-check

/** The project's folder. */
export const root = new URL('../..', import.meta.url).pathname;

/**
 * Tells the person at the terminal what is going on; on standard error, so that standard output stays clean.
 * @param {string} text
 */
export function say(text) {
  process.stderr.write(`mixtura: ${text}\n`);
}

/** A set-up step that cannot be done here: the message says what to do about it. */
export class SetupError extends Error {}
