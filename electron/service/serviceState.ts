import type { ResultFile } from '../../shared/resultFile';
import type { PictureThreads } from '../pictures/pictureThreads';
import type { ThreadPool } from '../threads/pool';
import type { Fits } from './fits';
import type { Grants } from './grants';
import type { Pictures } from './pictures/pictures';
import type { Runs } from './runs';
import type { Selections } from './selection/selections';
import type { Tables } from './tables';

/** What the handlers work on. */
export interface ServiceState {
  readonly grants: Grants;
  readonly tables: Tables;
  readonly fits: Fits;
  readonly runs: Runs;
  readonly selections: Selections;
  readonly pictures: Pictures;
  readonly pool: ThreadPool;
  readonly pictureThreads: PictureThreads;
  readonly versions: ResultFile['versions'];
  readonly importWorker: URL;
}
