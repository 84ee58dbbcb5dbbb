import { plainWorkplace, type Workplace } from '../../electron/engine/selection/workplace';
import { createReferenceKernels } from '../../electron/kernels/reference';
import { ownWorkplace } from '../../electron/threads/ownMemory';
import { builds } from '../kernels/kMeansOnMemory';

/** On plain kernels. */
export const plain = (): Workplace => plainWorkplace(createReferenceKernels());

/** On the compiled kernels, with room for so many colours. */
export const compiled = (colours: number, components: number, d = 3): Workplace =>
  ownWorkplace(builds[0].module, { n: colours, d, components }, () => false);
