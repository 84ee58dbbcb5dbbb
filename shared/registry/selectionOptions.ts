import { hasNumbers } from './applies';
import type { FormContext, OptionDescription } from './optionDescription';
import { startOptions } from './startOptions';
import { stopOptions } from './stopOptions';

/** Something a selection computes on request. */
export interface SelectionExtra {
  /** Its field in a specification, and the beginning of the paths of its options. */
  readonly extra: 'gap' | 'bootstrapTest' | 'stability';
  readonly title: string;
  /** What it is for, in one sentence. */
  readonly explains: string;
  readonly applies: (context: FormContext, hasLikelihood: boolean) => boolean;
  readonly options: readonly OptionDescription[];
}

const validates =
  (...kinds: readonly string[]) =>
  ({ values }: FormContext): boolean =>
    kinds.includes(String(values['validation']));

/** What is compared: the numbers of clusters, and how rows are put aside to be predicted. */
export const gridOptions: readonly OptionDescription[] = [
  {
    kind: 'number',
    name: 'from',
    place: 'grid',
    path: ['components', 'from'],
    label: 'K from',
    help: '',
    default: 1,
    min: 1,
    max: 1000,
    whole: true,
    step: 1,
  },
  {
    kind: 'number',
    name: 'to',
    place: 'grid',
    path: ['components', 'to'],
    label: 'to',
    help: '',
    default: 10,
    min: 1,
    max: 1000,
    whole: true,
    step: 1,
  },
  {
    kind: 'choice',
    name: 'validation',
    place: 'validation',
    path: ['validation', 'kind'],
    label: 'Validation',
    help: 'Rows that are put aside say how well a model predicts what it has not seen.',
    default: 'folds',
    absent: 'none',
    choices: [
      { value: 'folds', label: 'Folds' },
      { value: 'monteCarlo', label: 'Random splits' },
      { value: 'leaveOneOut', label: 'Leave one out' },
      { value: 'none', label: 'None: BIC decides' },
    ],
  },
  {
    kind: 'number',
    name: 'folds',
    place: 'validation',
    path: ['validation', 'folds'],
    label: 'Folds',
    help: 'Each part of the rows is predicted once from the others.',
    applies: validates('folds'),
    default: 10,
    min: 2,
    max: 1000,
    whole: true,
    step: 1,
  },
  {
    kind: 'number',
    name: 'repeats',
    place: 'validation',
    path: ['validation', 'repeats'],
    label: 'Repeats',
    help: 'With other folds each time.',
    applies: validates('folds'),
    default: 1,
    min: 1,
    max: 100,
    whole: true,
    step: 1,
  },
  {
    kind: 'number',
    name: 'splits',
    place: 'validation',
    path: ['validation', 'splits'],
    label: 'Splits',
    help: '',
    applies: validates('monteCarlo'),
    default: 20,
    min: 2,
    max: 1000,
    whole: true,
    step: 1,
  },
  {
    kind: 'number',
    name: 'testShare',
    place: 'validation',
    path: ['validation', 'testShare'],
    label: 'Share put aside',
    help: 'Large shares find fewer clusters in few rows.',
    applies: validates('monteCarlo'),
    default: 0.5,
    min: 0,
    isMinAllowed: false,
    max: 1,
    isMaxAllowed: false,
    whole: false,
    step: 0.1,
  },
  ...startOptions.filter(({ name }) => name === 'restarts' || name === 'seed'),
  ...stopOptions.filter(({ name }) => name === 'tolerance' || name === 'maxIterations'),
];

/** What is computed on request, in the order of the form. */
export const selectionExtras: readonly SelectionExtra[] = [
  {
    extra: 'gap',
    title: 'Gap statistic',
    explains: 'Compares how k-means tightens its clusters with how it does on rows without any groups.',
    applies: hasNumbers,
    options: [
      {
        kind: 'number',
        name: 'references',
        place: 'extra',
        path: ['gap', 'references'],
        label: 'Sets without groups',
        help: '',
        default: 50,
        min: 2,
        max: 10_000,
        whole: true,
        step: 10,
      },
      {
        kind: 'number',
        name: 'power',
        place: 'extra',
        path: ['gap', 'power'],
        label: 'Power of distances',
        help: '2 is the paper’s; 1 is the default of clusGap in R.',
        default: 2,
        min: 1,
        max: 2,
        whole: true,
        step: 1,
      },
      {
        kind: 'choice',
        name: 'rule',
        place: 'extra',
        path: ['gap', 'rule'],
        label: 'Rule',
        help: '',
        default: 'firstSEmax',
        choices: [
          { value: 'tibshirani', label: 'Tibshirani: first within an error of the next' },
          { value: 'firstSEmax', label: 'First within an error of the first peak' },
          { value: 'globalSEmax', label: 'First within an error of the highest' },
          { value: 'firstMax', label: 'First peak' },
          { value: 'globalMax', label: 'Highest' },
        ],
      },
      {
        kind: 'choice',
        name: 'box',
        place: 'extra',
        path: ['gap', 'box'],
        label: 'Box of those sets',
        help: '',
        default: 'principal',
        choices: [
          { value: 'principal', label: 'Along the principal axes' },
          { value: 'columns', label: 'Along the columns' },
        ],
      },
    ],
  },
  {
    extra: 'bootstrapTest',
    title: 'Bootstrap test',
    explains: 'Tests K against K + 1 on rows drawn from the fitted model, until one more is not called for.',
    applies: (_, hasLikelihood) => hasLikelihood,
    options: [
      {
        kind: 'number',
        name: 'testReplicates',
        place: 'extra',
        path: ['bootstrapTest', 'replicates'],
        label: 'Sets drawn for each test',
        help: '',
        default: 199,
        min: 19,
        max: 99_999,
        whole: true,
        step: 100,
      },
      {
        kind: 'number',
        name: 'level',
        place: 'extra',
        path: ['bootstrapTest', 'level'],
        label: 'Level',
        help: 'Testing goes on while p is not above it.',
        default: 0.05,
        min: 0,
        isMinAllowed: false,
        max: 1,
        isMaxAllowed: false,
        whole: false,
        step: 0.01,
      },
      {
        kind: 'number',
        name: 'testRestarts',
        place: 'extra',
        path: ['bootstrapTest', 'restarts'],
        label: 'Starts of each refit',
        help: 'With too few the test finds too many clusters.',
        default: 5,
        min: 1,
        max: 1000,
        whole: true,
        step: 1,
      },
    ],
  },
  {
    extra: 'stability',
    title: 'Stability',
    explains: 'Fits resampled rows again and again, and says which clusters come back.',
    applies: () => true,
    options: [
      {
        kind: 'number',
        name: 'stabilityReplicates',
        place: 'extra',
        path: ['stability', 'replicates'],
        label: 'Resampled sets',
        help: '',
        default: 50,
        min: 2,
        max: 10_000,
        whole: true,
        step: 10,
      },
    ],
  },
];
