import path from 'node:path';
import { ensureData } from '../benchData';
import { median } from '../comparison';
import { Contender, type Timing } from '../contender';
import { missingKinds } from './missingFits';

export interface MissingPlaces {
  /** Where the bundled contenders lie. */
  readonly built: string;
  readonly dataFolder: string;
  /** The built script of a thread. */
  readonly worker: string;
  /** Command line that runs a script of ours. */
  readonly oursIn: readonly string[];
  readonly threads: number;
}

const warmUps = 2;

/**
 * What missing cells cost: the same fit of rows with and without, in turn. No peer fits mixtures to rows with holes by
 * EM, so we are compared with ourselves. Lines to print.
 */
export async function* benchMissing(
  isChosen: (name: string) => boolean,
  rounds: number,
  { built, dataFolder, worker, oursIn, threads }: MissingPlaces,
): AsyncGenerator<string> {
  for (const { kind, fits } of missingKinds) {
    if (!isChosen(`m-${kind}`)) continue;
    const contenders: Contender[] = [];
    for (const { fit } of fits) {
      ensureData(dataFolder, fit.data);
      const script = path.join(built, 'ours.js');
      const started = await Contender.start([
        ...oursIn,
        script,
        fit.name,
        dataFolder,
        worker,
        String(threads),
      ]);
      if (started.contender === null) throw new Error(`${fit.name} does not run: ${started.reason}`);
      contenders.push(started.contender);
    }
    const timings = fits.map((): Timing[] => []);
    for (let round = -warmUps; round < rounds; round++)
      for (const [i, contender] of contenders.entries()) {
        const timing = await contender.fit();
        if (round >= 0) timings[i].push(timing);
      }
    for (const contender of contenders) contender.end();
    for (const [i, { percent }] of fits.entries()) {
      if (i === 0) continue;
      const ratios = timings[i].map(({ seconds }, round) => seconds / timings[0][round].seconds);
      const last = timings[i][rounds - 1];
      yield [
        `${`m-${kind}`.padEnd(14)} ${String(percent).padStart(2)} % of cells missing`,
        `${median(ratios).toFixed(2)} times complete rows (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)})`,
        `${(1000 * median(timings[i].map(({ seconds }) => seconds))).toFixed(0)} ms`,
        `${last.iterations} iterations`,
        `peak ${(last.peakBytes / 2 ** 20).toFixed(0)} MB`,
        'no peer: ourselves',
      ].join(' | ');
    }
  }
}
