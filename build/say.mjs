// @ts-check

/**
 * Says one line to the person who started us. On stderr, because stdout belongs to the program
 * we start: `npm start -- fit` may be read by another program.
 * @param {string} text
 */
export function say(text) {
  process.stderr.write(`mixtura: ${text}\n`);
}

/** A reason to stop that the person can do something about; its text ends with what to do. */
export class SetupError extends Error {}

/**
 * Runs a script's main function: an expected failure becomes one line and exit code 1,
 * anything else keeps its stack.
 * @param {() => Promise<number>} main  gives the exit code
 */
export async function runMain(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (error instanceof SetupError) say(error.message);
    else console.error(error);
    process.exitCode = 1;
  }
}
