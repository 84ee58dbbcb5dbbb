import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** A program that makes an indexed PNG of so many colours, undithered. */
export interface Quantiser {
  readonly name: string;
  /** Debian's place first: a program of that name elsewhere on the path may be another. */
  readonly program: string;
  args(source: string, target: string, colours: number): readonly string[];
}

/** What a release promises: so many times as fast as one, at a mean square error of at most this share of another's. */
export interface ImageGate {
  readonly fasterThan: string;
  readonly ratio: number;
  readonly errorOf: string;
  readonly error: number;
}

const placeOf = (name: string): string => (existsSync(`/usr/bin/${name}`) ? `/usr/bin/${name}` : name);

const pngquantAt = (speed: number): string => `pngquant --speed ${speed}`;

const pngquant = (speed: number): Quantiser => ({
  name: pngquantAt(speed),
  program: placeOf('pngquant'),
  args: (source, target, colours) => [
    ...['--speed', String(speed), '--nofs', '--force', '-o', target, String(colours), '--', source],
  ],
});

/** Speed 1 is its best, 3 what it does by itself for compatibility, 11 its fastest. */
export const quantisers: readonly Quantiser[] = [
  pngquant(1),
  pngquant(3),
  pngquant(11),
  {
    name: 'ImageMagick -colors',
    program: placeOf('convert'),
    args: (source, target, colours) => [source, '+dither', '-colors', String(colours), `PNG8:${target}`],
  },
];

/** On the picture of 12 megapixels, with 256 colours. */
export const gates: readonly ImageGate[] = [
  { fasterThan: pngquantAt(3), ratio: 3, errorOf: pngquantAt(1), error: 0.95 },
  { fasterThan: pngquantAt(11), ratio: 1, errorOf: pngquantAt(11), error: 0.85 },
];

/** What a program says it is; null when it is not here. */
export function versionOf({ program }: Quantiser): string | null {
  const { status, stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  return status === 0 ? (stdout.split('\n')[0] ?? '') : null;
}

/** Runs a program once, its start included, for it is short; answers seconds. */
export function runQuantiser(quantiser: Quantiser, source: string, target: string, colours: number): number {
  const began = performance.now();
  execFileSync(quantiser.program, quantiser.args(source, target, colours), { stdio: 'pipe' });
  return (performance.now() - began) / 1000;
}
