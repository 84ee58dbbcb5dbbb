import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { meanSquareError, peakSignalToNoise } from '../../../electron/image/pictureQuality';
import type { Pixels } from '../../../shared/image/pixels';
import { median } from '../comparison';
import { Contender } from '../contender';
import { ensureLargePicture, readPixels } from './pictureFile';
import { gates, quantisers, runQuantiser, versionOf } from './quantisers';

/** Before the first that counts, of ours: compiled code reaches its speed, files are in memory. */
const warmUps = 2;

/** Who has taken so many seconds for a picture is not asked again. By eye: all pictures then take about three minutes. */
const patience = 2;

const photos = ['china', 'flower', 'chelsea'] as const;

/** Pictures and numbers of colours; null: the one of 12 megapixels, which the gates are about. */
const works: readonly Work[] = [
  ...photos.flatMap((picture) => [4, 10, 16, 64, 256].map((colours) => ({ picture, colours }))),
  ...[16, 256].map((colours) => ({ picture: null, colours })),
];

interface Work {
  readonly picture: (typeof photos)[number] | null;
  readonly colours: number;
}

/**
 * `quick`: as the program does it with little effort; `saved`: with the optimiser of files, as it does with all; `smaller`:
 * areas painted flat, and saved so; `exact`: with zlib alone, as the peers.
 */
const ourWays = ['exact', 'quick', 'saved', 'smaller'] as const;

/** Who quantises: seconds of one run, from file to file. */
interface Quantising {
  readonly name: string;
  readonly target: string;
  run(): Promise<number>;
  end(): void;
}

/** What somebody's file is worth. */
interface Standing {
  readonly name: string;
  readonly seconds: number;
  readonly mse: number;
  readonly bytes: number;
}

export interface ImagePlaces {
  readonly root: string;
  /** Where the bundled contenders lie. */
  readonly built: string;
  readonly dataFolder: string;
  /** Command line that runs a script of ours. */
  readonly oursIn: readonly string[];
}

/**
 * Quantises each picture in turn with ours and with each peer, in rounds, file to file: decoding, fit, painting, encoding,
 * writing. Ours are processes that run already, as the program does; the peers start anew, as they are used. Errors and
 * sizes are those of the files, read back. Lines to print.
 */
export async function* benchImages(
  isChosen: (name: string) => boolean,
  rounds: number,
  places: ImagePlaces,
): AsyncGenerator<string> {
  const chosen = works.filter((work) => isChosen(nameOf(work)));
  if (chosen.length === 0) return;
  for (const quantiser of quantisers)
    yield `${quantiser.name}: ${versionOf(quantiser) ?? 'skipped, it is not installed'}`;
  for (const work of chosen) yield* benchPicture(work, rounds, places);
}

/** `qChina16`, `q12mp256`. */
const nameOf = ({ picture, colours }: Work): string =>
  `q${picture === null ? '12mp' : picture[0].toUpperCase() + picture.slice(1)}${colours}`;

async function* benchPicture(work: Work, rounds: number, places: ImagePlaces): AsyncGenerator<string> {
  const { dataFolder, root } = places;
  mkdirSync(dataFolder, { recursive: true });
  const pictureOf = (own: string): string => path.join(root, 'test/image/data', `${own}.png`);
  const source =
    work.picture === null
      ? await ensureLargePicture(dataFolder, pictureOf('china'))
      : pictureOf(work.picture);
  const all = [...(await ours(source, work.colours, places)), ...peers(source, work.colours, places)];
  const seconds = await inRounds(all, rounds);
  for (const one of all) one.end();

  const original = await readPixels(source);
  const standings: Standing[] = [];
  for (const [i, { name, target }] of all.entries()) {
    const mse = meanSquareError(original, await readPixels(target));
    standings.push({ name, seconds: median(seconds[i]), mse, bytes: statSync(target).size });
  }
  yield `${nameOf(work)}, ${original.width} x ${original.height}`;
  for (const standing of standings) yield lineOf(standing, standings[0], original);
  yield sizeVerdict(standings);
  if (work.picture === null && work.colours === 256) yield* verdicts(standings);
}

/** A process for each way of ours, warm. */
async function ours(
  source: string,
  colours: number,
  { root, built, dataFolder, oursIn }: ImagePlaces,
): Promise<Quantising[]> {
  const started: Quantising[] = [];
  for (const way of ourWays) {
    const target = path.join(dataFolder, `${way}.png`);
    const given = [source, target, String(colours), way, path.join(root, 'out/kernels')];
    const { contender, ...told } = await Contender.start([
      ...oursIn,
      path.join(built, 'quantiseOurs.js'),
      ...given,
    ]);
    if (contender === null) throw new Error(`ours does not run: ${JSON.stringify(told)}`);
    for (let i = 0, spent = 0; i < warmUps && spent < patience; i++) spent += (await contender.fit()).seconds;
    started.push({
      name: `ours, ${way}`,
      target,
      run: async () => (await contender.fit()).seconds,
      end: () => contender.end(),
    });
  }
  return started;
}

const peers = (source: string, colours: number, { dataFolder }: ImagePlaces): Quantising[] =>
  quantisers
    .filter((quantiser) => versionOf(quantiser) !== null)
    .map((quantiser, i) => {
      const target = path.join(dataFolder, `peer${i}.png`);
      return {
        name: quantiser.name,
        target,
        run: () => Promise.resolve(runQuantiser(quantiser, source, target, colours)),
        end: () => undefined,
      };
    });

/** Seconds of each, by turns, so that a machine that slows down slows all of them down. */
async function inRounds(all: readonly Quantising[], rounds: number): Promise<number[][]> {
  const seconds: number[][] = all.map(() => []);
  for (let round = 0; round < rounds; round++)
    for (const [i, one] of all.entries()) {
      const spent = seconds[i].reduce((sum, own) => sum + own, 0);
      if (spent < patience) seconds[i].push(await one.run());
    }
  return seconds;
}

/** J is the textbook's: squared distances in sRGB, summed over the pixels of the file. */
function lineOf({ name, seconds, mse, bytes }: Standing, ours: Standing, { width, height }: Pixels): string {
  const psnr = peakSignalToNoise(mse);
  return [
    `  ${name.padEnd(21)} ${(1000 * seconds).toFixed(0).padStart(6)} ms ${(seconds / ours.seconds).toFixed(2).padStart(6)}x`,
    `PSNR ${psnr === null ? 'equal' : psnr.toFixed(2)} dB`,
    `J ${(3 * width * height * mse).toExponential(4)} ${(mse / ours.mse).toFixed(3)}x`,
    `${(bytes / 1000).toFixed(1).padStart(7)} kB ${(bytes / ours.bytes).toFixed(3)}x`,
  ].join(' | ');
}

/** Whether the file with flat areas is no larger than those of pngquant, and no further from the original. */
function sizeVerdict(standings: readonly Standing[]): string {
  const own = standings.find(({ name }) => name === 'ours, smaller');
  const theirs = standings.filter(({ name }) => name.startsWith('pngquant'));
  if (own === undefined || theirs.length === 0) return '  no pngquant to compare sizes with';
  const bytes = own.bytes / Math.min(...theirs.map((one) => one.bytes));
  const mse = own.mse / Math.min(...theirs.map((one) => one.mse));
  return [
    `  gate, smaller: at most the bytes and the error of the best of pngquant:`,
    `${bytes.toFixed(3)} and ${mse.toFixed(3)}, ${bytes <= 1 && mse <= 1 ? 'reached' : 'NOT REACHED'}`,
  ].join(' ');
}

/** What a release promises, and whether it is kept. */
function* verdicts(standings: readonly Standing[]): Generator<string> {
  const named = (name: string): Standing | undefined => standings.find((one) => one.name === name);
  for (const { fasterThan, ratio, errorOf, error } of gates) {
    const rival = named(fasterThan);
    const model = named(errorOf);
    if (rival === undefined || model === undefined) continue;
    for (const way of ['exact', 'quick'] as const) {
      const own = named(`ours, ${way}`);
      if (own === undefined) continue;
      const isReached = rival.seconds / own.seconds >= ratio && own.mse / model.mse <= error;
      yield [
        `  gate, ${way}: ${ratio}x as fast as ${fasterThan} at ${error} of the error of ${errorOf}:`,
        `${(rival.seconds / own.seconds).toFixed(2)}x at ${(own.mse / model.mse).toFixed(3)},`,
        isReached ? 'reached' : 'NOT REACHED',
      ].join(' ');
    }
  }
}
