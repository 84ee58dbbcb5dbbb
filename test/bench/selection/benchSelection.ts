import { existsSync } from 'node:fs';
import path from 'node:path';
import { Contender } from '../contender';

/** What the study runs on. */
export interface StudyPlaces {
  readonly root: string;
  /** Where the bundled contenders lie. */
  readonly built: string;
  /** Command line that runs a script of ours. */
  readonly oursIn: readonly string[];
  readonly threads: number;
}

/** The peer with our tolerance, and with the one it has when nobody says otherwise. */
const tolerances = [
  { name: 'se-iris', tolerance: 1e-8, about: 'the same tolerance' },
  { name: 'se-iris-loose', tolerance: 1e-3, about: 'its own tolerance of 1e-3' },
] as const;

/**
 * K = 1 to 10 of four covariance models on iris: 10 folds and all rows, 10 starts each, 4,400 fits in all, once on
 * either side, as a person runs it: nothing is warm. Lines to print.
 */
export async function* benchSelection(
  isChosen: (name: string) => boolean,
  { root, built, oursIn, threads }: StudyPlaces,
): AsyncGenerator<string> {
  const table = path.join(root, 'test/reference/data/tables/iris.csv');
  const python = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3';
  const script = path.join(root, 'test/bench/peers/selectionStudy.py');
  for (const { name, tolerance, about } of tolerances) {
    if (!isChosen(name)) continue;
    const ours = await Contender.start([
      ...oursIn,
      path.join(built, 'selectionOurs.js'),
      table,
      path.join(root, 'out/main/worker.js'),
      String(threads),
    ]);
    if (ours.contender === null) throw new Error(`the study does not run: ${ours.reason}`);
    const peer = await Contender.start([python, script, table, String(tolerance), String(threads)]);
    if (peer.contender === null) {
      ours.contender.end();
      yield `${name}: skipped, the peer does not run here (${peer.reason})`;
      continue;
    }
    const own = await ours.contender.fit();
    const theirs = await peer.contender.fit();
    ours.contender.end();
    peer.contender.end();
    yield [
      `${name.padEnd(14)} ${(theirs.seconds / own.seconds).toFixed(1).padStart(6)}x`,
      `cpu ${(theirs.cpu / own.cpu).toFixed(1)}x`,
      `ours ${own.seconds.toFixed(1)} s peer ${theirs.seconds.toFixed(1)} s`,
      `held-out score of VVV at K = 2: ours ${own.score.toFixed(4)} peer ${theirs.score.toFixed(4)}`,
      `${peer.about}, ${about}`,
    ].join(' | ');
  }
}
