import type { Failure } from '../../shared/failure';
import type { Result } from '../../shared/result';

/** What a job is given beside its body. */
export interface JobContext<E> {
  /** Null: the plain kernels do the work. */
  readonly kernels: WebAssembly.Module | null;
  /** Asked often in long loops; once true it stays so, and the job ends soon with `cancelled`. */
  readonly shouldStop: () => boolean;
  readonly emit: (event: E) => void;
}

/**
 * Work on a picture that a thread does. Body, events and answer are cloned on their way; pixels lie in shared memory and
 * are not copied.
 */
export type PictureJob<B, E, A> = (body: B, context: JobContext<E>) => Promise<Result<A, Failure>>;
