import { version as packageVersion } from '../package.json';

/** The program's version, as stamped into every result. */
export const version: string = packageVersion;
