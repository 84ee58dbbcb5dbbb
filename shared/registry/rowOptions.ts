import { isMixture } from './applies';
import type { OptionDescription } from './optionDescription';

/** How rows take part. */
export const rowOptions: readonly OptionDescription[] = [
  {
    kind: 'choice',
    name: 'missing',
    place: 'rows',
    path: ['preparation', 'missing'],
    label: 'Missing cells',
    help: 'Kept: a row counts by the cells it has, and the model says what the others may be.',
    default: 'keep',
    choices: [
      { value: 'keep', label: 'Keep the rows' },
      { value: 'dropRows', label: 'Leave such rows out' },
      { value: 'refuse', label: 'Refuse to fit' },
    ],
  },
  {
    kind: 'column',
    name: 'labels',
    place: 'rows',
    path: ['preparation', 'labels'],
    label: 'Known clusters',
    help: 'A column that tells the cluster of some rows, blank where it is not known.',
    takes: 'any',
    applies: isMixture,
    default: null,
  },
  {
    kind: 'column',
    name: 'rowWeights',
    place: 'rows',
    path: ['preparation', 'weights'],
    label: 'Weights of rows',
    help: 'A column of counts or weights: two is the same as the row twice.',
    takes: 'numbers',
    default: null,
  },
];
