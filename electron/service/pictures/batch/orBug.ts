import type { Failure } from '../../../../shared/failure';
import { failed, type Result } from '../../../../shared/result';
import { logBug } from '../../logBug';

/**
 * What a thread makes of one picture. A bug that comes out with it, or a lack of memory, is logged and is a failure of that
 * picture: it must not take the hundreds of others with it.
 */
export const orBug = <T>(work: Promise<Result<T, Failure>>): Promise<Result<T, Failure>> =>
  work.catch((error: unknown) =>
    failed({ kind: 'internal', reference: logBug(error, 'a picture of folder.quantise') }),
  );
