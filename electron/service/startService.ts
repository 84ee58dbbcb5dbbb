import { serveCalls, type Port } from '../../shared/contract/port';
import type { GrantId } from '../../shared/ids';
import { version } from '../../shared/version';
import { PictureThreads } from '../pictures/pictureThreads';
import { ThreadPool } from '../threads/pool';
import { Fits } from './fits';
import { Grants, type Grant } from './grants';
import { createHandlers } from './handlers';
import { logBug } from './logBug';
import { Pictures } from './pictures/pictures';
import { Runs } from './runs';
import { Selections } from './selection/selections';
import { Tables } from './tables';

/** A running service: the same in the utility process, on the command line and in tests. */
export interface Service {
  /** Serves the contract on `port`. */
  connect(port: Port): void;
  /** Lets callers read or write one path. */
  grant(id: GrantId, grant: Grant): void;
  /** Ends its threads. */
  close(): Promise<void>;
}

/** The built scripts of threads: of fits, of imports, of work on pictures. */
export interface ThreadScripts {
  readonly worker: URL;
  readonly importWorker: URL;
  readonly pictureWorker: URL;
}

export interface ServiceOptions extends ThreadScripts {
  readonly threads: number;
}

/** Starts the service in the calling process. */
export function startService({ threads, worker, importWorker, pictureWorker }: ServiceOptions): Service {
  const grants = new Grants();
  const pool = new ThreadPool(worker, threads);
  const pictureThreads = new PictureThreads(pictureWorker, threads);
  const handlers = createHandlers({
    grants,
    pool,
    pictureThreads,
    importWorker,
    pictures: new Pictures(),
    tables: new Tables(),
    fits: new Fits(),
    runs: new Runs(),
    selections: new Selections(),
    versions: { mixtura: version, runtime: runtimeName() },
  });
  return {
    connect: (port) => serveCalls(port, handlers, logBug),
    grant: (id, grant) => grants.add(id, grant),
    close: async () => {
      await Promise.all([pool.close(), pictureThreads.close()]);
    },
  };
}

function runtimeName(): string {
  const electron = process.versions['electron'];
  return electron === undefined ? `Node ${process.versions.node}` : `Electron ${electron}`;
}
