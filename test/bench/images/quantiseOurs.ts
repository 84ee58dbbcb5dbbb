import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { colourHistogram } from '../../../electron/image/colourHistogram';
import { paint } from '../../../electron/image/paint';
import { quantise, type FitSpecification } from '../../../electron/image/quantise';
import { encodeIndexedPng } from '../../../electron/files/images/png/encodeIndexedPng';
import { loadPngOptimiser } from '../../../electron/files/images/png/loadPngOptimiser';
import { loadKernelModule } from '../../../electron/threads/kernelModule';
import { ownWorkplace } from '../../../electron/threads/ownMemory';
import type { Dithering } from '../../../shared/image/quantisation';
import { serve } from '../serve';
import { readPixels } from './pictureFile';

// Our quantisation, file to file, undithered. Arguments: picture, file to write, colours, way, folder of the built
// kernels. Ways: exact and quick with zlib alone, as the peers; saved with the optimiser, as the program saves; smaller,
// with areas painted flat, saved so too.
const [source, target, colours, way, kernels] = process.argv.slice(2);
if (!['exact', 'quick', 'saved', 'smaller'].includes(way)) throw new Error(`There is no way ${way}.`);
const precision = way === 'quick' ? 'quick' : 'exact';
const options = way === 'saved' || way === 'smaller' ? { optimise: await loadPngOptimiser() } : {};
const dithering: Dithering = way === 'smaller' ? { kind: 'flat', errorGrowth: 0.01 } : { kind: 'none' };
const count = Number(colours);
const specification: FitSpecification = { space: 'srgb', locked: [], restarts: 8, seed: 1 };
const module = loadKernelModule(pathToFileURL(`${kernels}/`));
const about = module === null ? 'PLAIN KERNELS' : 'compiled kernels';

await serve(`ours, Node ${process.versions.node}, ${about}, ${way}`, async () => {
  const pixels = await readPixels(source);
  const histogram = colourHistogram(pixels);
  const workplace = ownWorkplace(module, { n: histogram.size, d: 3, components: count }, () => false);
  const found = quantise(pixels, count, specification, workplace, { histogram, precision });
  if (!found.ok) throw new Error(JSON.stringify(found.failure));
  const { palette } = found.value;
  const index = paint(pixels, palette, dithering, 'srgb', histogram);
  writeFileSync(target, await encodeIndexedPng(index, palette, pixels.width, pixels.height, options));
  return found.value.distortion;
});
