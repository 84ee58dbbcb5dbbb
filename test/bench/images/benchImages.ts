import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { meanSquareError } from '../../../electron/image/pictureQuality';
import { median } from '../comparison';
import { Contender } from '../contender';
import { ensureLargePicture, readPixels } from './pictureFile';
import { quantisers, runQuantiser, versionOf, type Quantiser } from './quantisers';

/** Before the first that counts: compiled code reaches its speed, files are in memory. */
const warmUps = 2;

/** Pictures and numbers of colours; null: the one of 12 megapixels, which the gates are about. */
const works = [
  { name: 'qChina16', picture: 'china', colours: 16 },
  { name: 'qChina256', picture: 'china', colours: 256 },
  { name: 'qFlower256', picture: 'flower', colours: 256 },
  { name: 'qChelsea16', picture: 'chelsea', colours: 16 },
  { name: 'q12mp16', picture: null, colours: 16 },
  { name: 'q12mp256', picture: null, colours: 256 },
] as const;

export interface ImagePlaces {
  readonly root: string;
  /** Where the bundled contenders lie. */
  readonly built: string;
  readonly dataFolder: string;
  /** Command line that runs a script of ours. */
  readonly oursIn: readonly string[];
}

/**
 * Quantises each picture in turn with ours and with each peer, as pairs in one run, file to file: decoding, fit, painting,
 * encoding, writing. Ours is a process that runs already, as the program does; the peers start anew, as they are used.
 * Errors and sizes are those of the files, read back. Lines to print.
 */
export async function* benchImages(
  isChosen: (name: string) => boolean,
  rounds: number,
  places: ImagePlaces,
): AsyncGenerator<string> {
  for (const work of works) {
    if (!isChosen(work.name)) continue;
    for (const quantiser of quantisers) {
      // The preview stands beside those that are asked for speed.
      for (const precision of quantiser.gate === null
        ? (['exact'] as const)
        : (['exact', 'preview'] as const)) {
        yield await benchPair(work, quantiser, precision, rounds, places);
      }
    }
  }
}

async function benchPair(
  { name, picture, colours }: (typeof works)[number],
  quantiser: Quantiser,
  precision: 'exact' | 'preview',
  rounds: number,
  { root, built, dataFolder, oursIn }: ImagePlaces,
): Promise<string> {
  const title = `${name} ${precision}, ${quantiser.name}`.padEnd(42);
  const about = versionOf(quantiser);
  if (about === null) return `${title} skipped, it is not installed`;
  const pictureOf = (own: string): string => path.join(root, 'test/image/data', `${own}.png`);
  const source =
    picture === null ? await ensureLargePicture(dataFolder, pictureOf('china')) : pictureOf(picture);
  mkdirSync(dataFolder, { recursive: true });
  const files = { ours: path.join(dataFolder, 'ours.png'), peer: path.join(dataFolder, 'peer.png') };
  const script = path.join(built, 'quantiseOurs.js');
  const kernels = path.join(root, 'out/kernels');
  const given = [source, files.ours, String(colours), precision, kernels];
  const ours = await Contender.start([...oursIn, script, ...given]);
  if (ours.contender === null) throw new Error(`ours does not run: ${ours.reason}`);
  const seconds = { ours: [] as number[], peer: [] as number[] };
  for (let round = -warmUps; round < rounds; round++) {
    const own = await ours.contender.fit();
    if (round < 0) continue;
    seconds.ours.push(own.seconds);
    seconds.peer.push(runQuantiser(quantiser, source, files.peer, colours));
  }
  ours.contender.end();

  const original = await readPixels(source);
  const error = {
    ours: meanSquareError(original, await readPixels(files.ours)),
    peer: meanSquareError(original, await readPixels(files.peer)),
  };
  const ratio = median(seconds.ours.map((own, i) => seconds.peer[i] / own));
  const ms = (values: readonly number[]): string => (1000 * median(values)).toFixed(0);
  const kilobytes = (file: string): string => (statSync(file).size / 1000).toFixed(0);
  return [
    `${title} ${ratio.toFixed(2).padStart(6)}x`,
    `ours ${ms(seconds.ours)} ms peer ${ms(seconds.peer)} ms`,
    `mse ${error.ours.toFixed(2)}, ${(error.ours / error.peer).toFixed(3)} of ${error.peer.toFixed(2)}`,
    `${kilobytes(files.ours)} kB peer ${kilobytes(files.peer)} kB`,
    about,
    ...verdict(quantiser, picture === null && colours === 256, ratio, error.ours / error.peer),
  ].join(' | ');
}

function verdict({ gate }: Quantiser, hasGate: boolean, ratio: number, error: number): string[] {
  if (gate === null || !hasGate) return [];
  const isReached = ratio >= gate.ratio && error <= gate.error;
  return [`gate ${gate.ratio}x at ${gate.error}: ${isReached ? 'reached' : 'NOT REACHED'}`];
}
