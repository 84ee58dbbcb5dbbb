import { algorithmOptions } from './algorithmOptions';
import { modelOptions } from './modelOptions';
import { priorOptions } from './priorOptions';
import { rowOptions } from './rowOptions';
import { startOptions } from './startOptions';
import { stopOptions } from './stopOptions';
import type { OptionDescription } from './optionDescription';

/** Every option of a fit, in the order of the form. A new option is a new entry here, and nothing else. */
export const options: readonly OptionDescription[] = [
  ...modelOptions,
  ...algorithmOptions,
  ...startOptions,
  ...stopOptions,
  ...priorOptions,
  ...rowOptions,
];
