import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { colourHistogram } from '../../../electron/image/colourHistogram';
import { paint } from '../../../electron/image/paint';
import { quantise, type FitSpecification } from '../../../electron/image/quantise';
import { encodeIndexedPng } from '../../../electron/files/images/png/encodeIndexedPng';
import { loadKernelModule } from '../../../electron/threads/kernelModule';
import { ownWorkplace } from '../../../electron/threads/ownMemory';
import { serve } from '../serve';
import { readPixels } from './pictureFile';

// Our quantisation, file to file, undithered and with zlib alone, as the peers. Arguments: picture, file to write,
// colours, precision of the fit, folder of the built kernels.
const [source, target, colours, precision, kernels] = process.argv.slice(2);
if (precision !== 'exact' && precision !== 'preview') throw new Error(`There is no precision ${precision}.`);
const count = Number(colours);
const specification: FitSpecification = { space: 'srgb', locked: [], restarts: 8, seed: 1 };
const module = loadKernelModule(pathToFileURL(`${kernels}/`));
const about = module === null ? 'PLAIN KERNELS' : 'compiled kernels';

await serve(`ours, Node ${process.versions.node}, ${about}, ${precision}`, async () => {
  const pixels = await readPixels(source);
  const histogram = colourHistogram(pixels);
  const workplace = ownWorkplace(module, { n: histogram.size, d: 3, components: count }, () => false);
  const found = quantise(pixels, count, specification, workplace, { histogram, precision });
  if (!found.ok) throw new Error(JSON.stringify(found.failure));
  const { palette } = found.value;
  const index = paint(pixels, palette, { kind: 'none' }, 'srgb', histogram);
  writeFileSync(target, encodeIndexedPng(index, palette, pixels.width, pixels.height));
  return found.value.distortion;
});
