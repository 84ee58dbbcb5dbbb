import { stat } from 'node:fs/promises';
import { errorCode } from './fileProblem';

/** Whether two paths lead to the same file, also by a link or in other letters; no if either does not exist. */
export async function isSameFile(one: string, other: string): Promise<boolean> {
  const [first, second] = await Promise.all([identityOf(one), identityOf(other)]);
  return first !== null && first === second;
}

async function identityOf(filePath: string): Promise<string | null> {
  try {
    // Numbers of files can have more than 53 bits.
    const { dev, ino } = await stat(filePath, { bigint: true });
    return `${dev} ${ino}`;
  } catch (error) {
    if (errorCode(error) === null) throw error;
    return null;
  }
}
