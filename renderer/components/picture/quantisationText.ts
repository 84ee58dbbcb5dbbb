import { formatBytes, formatCounted, formatShare } from '../../../shared/format';
import type { PaintingFormat, PaintingSummary, TriedColours } from '../../../shared/image/painting';
import type {
  ColourGoal,
  ColourSpace,
  Dithering,
  Effort,
  QuantisationSpecification,
} from '../../../shared/image/quantisation';

/** Names of the spaces, and in a sentence what each is for. */
export const spaceTexts: Readonly<Record<ColourSpace, { readonly name: string; readonly help: string }>> = {
  srgb: { name: 'sRGB', help: "As files keep colours: the textbook's J." },
  linear: { name: 'Linear light', help: 'As light adds up: bright parts count more, shadows less.' },
  lab: { name: 'CIELAB', help: 'As eyes tell colours apart: hues and shadows count as they are seen.' },
  oklab: { name: 'OKLab', help: 'As eyes tell colours apart, with steadier blues than CIELAB.' },
};

type Method = QuantisationSpecification['method'];
export const methodTexts: Readonly<Record<Method, { readonly name: string; readonly help: string }>> = {
  kmeans: { name: 'K-means', help: 'Each pixel takes the nearest colour.' },
  gaussian: {
    name: 'Gaussian mixture',
    help: 'Soft: each pixel has a probability of every colour and takes the likeliest. Takes longer.',
  },
};

export const effortTexts: Readonly<Record<Effort, { readonly name: string; readonly help: string }>> = {
  thorough: { name: 'Thorough', help: 'The best colours that can be found, and the smallest file.' },
  quick: {
    name: 'Quick',
    help: 'For many or very large pictures: several times sooner, about 1 % more squared error, a file 3 to 20 % larger.',
  },
};

export const ditheringTexts: Readonly<
  Record<Dithering['kind'], { readonly name: string; readonly help: string }>
> = {
  none: { name: 'Nearest colour', help: 'Each pixel has the nearest colour: for segments.' },
  flat: {
    name: 'Flat areas, smaller file',
    help: "A pixel takes its neighbour's colour where that hardly differs: photos come out 5 to 20 % smaller.",
  },
  floydSteinberg: {
    name: 'Floyd-Steinberg dithering',
    help: 'Spreads the error over neighbours: smooth gradients, larger files.',
  },
  ordered: {
    name: 'Ordered dithering (Bayer)',
    help: 'A regular pattern of 8 × 8: compresses better than noise.',
  },
  blueNoise: { name: 'Blue noise dithering', help: 'A pattern without visible order.' },
};

/** How much more squared error there may be, and what that takes off the PSNR. */
export const growthText = (errorGrowth: number): string =>
  `+ ${formatShare(errorGrowth)}, − ${(10 * Math.log10(1 + errorGrowth)).toFixed(2)} dB`;

export const formatTexts: Readonly<Record<PaintingFormat, string>> = {
  png: 'PNG, indexed',
  gif: 'GIF',
  fullPng: 'PNG, full colour',
  webp: 'WebP, lossless',
};

type SoughtGoal = Exclude<ColourGoal, { kind: 'count' }>;

/** What a number of colours came to, in the unit of the goal. */
export function triedText({ value }: TriedColours, goal: SoughtGoal): string {
  if (goal.kind === 'bytes') return value === null ? '' : formatBytes(value);
  if (goal.measure === 'ssim') return `SSIM ${(value ?? 1).toFixed(3)}`;
  return value === null ? 'no difference' : `${value.toFixed(1)} dB`;
}

/** How a goal by quality or bytes was met; null: colours were counted. */
export function goalText({ goal, specification }: PaintingSummary): string | null {
  const wanted = specification.goal;
  if (goal === null || wanted.kind === 'count') return null;
  const { best } = goal;
  const colours = formatCounted(best.colours, 'colour');
  const value = triedText(best, wanted);
  if (goal.isReached)
    return wanted.kind === 'quality'
      ? `${colours}, the fewest that reach it: ${value}.`
      : `${colours}, the most that fit: ${value}.`;
  return wanted.kind === 'quality'
    ? `It cannot be reached with 256 colours: the best is ${value} with ${colours}.`
    : `It cannot be reached: the smallest file has ${value}, with ${colours}.`;
}

/** Which painting is shown, and how surely it is the best. */
export function standingText({ precision, fit, specification }: PaintingSummary): string {
  if (fit === null) return 'Palette as given or edited';
  if (precision === 'preview') return 'Preview';
  // Where every colour is its own there were no restarts that could agree.
  if (fit.distortion === 0) return 'Exact: every pixel keeps its colour';
  const { restarts, effort } = specification;
  if (effort === 'quick') return 'Quick: about 1 % from the best';
  if (restarts === 1) return 'Exact, of one start';
  const came = fit.restartsAtBest === 1 ? 'no other' : String(fit.restartsAtBest);
  return `Exact, best of ${restarts} restarts, ${came} within 0.1 %`;
}
