import { modelName } from './fitText';
import { formatCount, formatCounted, formatNumber } from './format';
import type { SelectionSummary, Verdict, VerdictRemark } from './selection';

type Remark<K extends VerdictRemark['kind']> = Extract<VerdictRemark, { kind: K }>;
type Criterion = Remark<'agrees'>['criterion'];

/** What of a selection its verdict is said with. */
export type VerdictContext = Pick<SelectionSummary, 'isComplete'> & {
  readonly specification: Pick<SelectionSummary['specification'], 'models' | 'validation'>;
};

const criterionNames: Record<Criterion, string> = {
  bic: 'BIC',
  icl: 'ICL',
  aic: 'AIC',
  gap: 'the gap statistic',
  silhouette: 'the silhouette',
};

/** Below this a cluster is not to be trusted; from here to 0.75 its rows are doubtful (Hennig, 2007). */
const trusted = 0.6;

/**
 * The verdict in a few sentences: the number of clusters, the reason, and what speaks for and against it; where models
 * were compared, which one. null: nothing could be ranked.
 */
export function verdictText(verdict: Verdict | null, context: VerdictContext): string {
  const unfinished = context.isComplete ? [] : ['The comparison was cancelled before it was complete.'];
  if (verdict === null)
    return [
      'No verdict: no fit could be ranked. Look at the reasons of those that failed, or try fewer clusters.',
      ...unfinished,
    ].join(' ');
  const { models } = context.specification;
  const { components, model } = verdict.chosen;
  const parts = [
    reasonText(verdict, context.specification.validation !== null),
    ...remarkTexts(verdict.remarks),
  ];
  return [
    headText(components, verdict.remarks),
    `${capitalised(parts.join('; '))}.`,
    ...(models.length > 1 ? [`Model: ${modelName(models[model])}.`] : []),
    ...unfinished,
  ].join(' ');
}

function headText(components: number, remarks: readonly VerdictRemark[]): string {
  if (components > 1) return `${formatCounted(components, 'cluster')}.`;
  const isOnlyOne = ofKind(remarks, 'rangeEdge').some(({ edge }) => edge === 'largest');
  return isOnlyOne ? 'Only 1 cluster was tried.' : '1 cluster, that is no groups.';
}

function reasonText({ chosen, rule, remarks }: Verdict, isValidated: boolean): string {
  const components = formatCount(chosen.components);
  switch (rule) {
    case 'pairedStandardError': {
      const [within] = ofKind(remarks, 'withinError');
      return within
        ? `held-out log-likelihood is best at ${formatCount(within.best.components)}, but ${components} is within one paired standard error`
        : `held-out log-likelihood is best at ${components}`;
    }
    case 'bic':
      return `BIC is lowest at ${components}; ${isValidated ? 'held-out rows rank no fit' : 'no rows were held out'}`;
    case 'noGroups': {
      const [several] = ofKind(remarks, 'componentsWithoutGroups');
      const taken = several ? formatCount(several.components) : 'several';
      return `ICL and the gap statistic see no groups apart, though the likelihood takes ${taken} components to describe how the rows are spread`;
    }
    case 'gap':
      return `the gap statistic of k-means chooses ${components}`;
    case 'silhouette':
      return `the silhouette is largest at ${components}, but cannot tell whether there are groups at all`;
  }
}

function remarkTexts(remarks: readonly VerdictRemark[]): string[] {
  return [
    ...ofKind(remarks, 'splitsLeftOut').map(
      ({ leftOut, splits }) =>
        `compared over ${formatCount(splits - leftOut)} of ${formatCounted(splits, 'split')}: in the others fits failed or rows were impossible`,
    ),
    ...agreementTexts(remarks),
    ...ofKind(remarks, 'bootstrapTest').map(testText),
    ...ofKind(remarks, 'rangeEdge').map(edgeText),
    ...ofKind(remarks, 'unstableCluster').map(stabilityText),
    ...ofKind(remarks, 'leftOut').map(leftOutText),
  ];
}

/** Criteria that say the same are named together: `BIC and ICL agree`, `AIC and the gap statistic say 4`. */
function agreementTexts(remarks: readonly VerdictRemark[]): string[] {
  const names = (own: readonly { criterion: Criterion }[]) =>
    listed(own.map(({ criterion }) => criterionNames[criterion]));
  const agreeing = ofKind(remarks, 'agrees');
  const disagreeing = ofKind(remarks, 'disagrees');
  const others = [...new Set(disagreeing.map(({ components }) => components))].sort((a, b) => a - b);
  return [
    ...(agreeing.length > 0 ? [`${names(agreeing)} ${agreeing.length === 1 ? 'agrees' : 'agree'}`] : []),
    ...others.map((components) => {
      const own = disagreeing.filter((remark) => remark.components === components);
      return `${names(own)} ${own.length === 1 ? 'says' : 'say'} ${formatCount(components)}`;
    }),
  ];
}

function testText({ components, p, isRejected }: Remark<'bootstrapTest'>): string {
  const than = `${isRejected ? 'more' : 'no more'} than ${formatCount(components)}`;
  return `the bootstrap test finds ${than} (p = ${formatNumber(p.value, 2)} ± ${formatNumber(p.standardError, 1)})`;
}

function edgeText({ edge, components }: Remark<'rangeEdge'>): string {
  return `${edge === 'largest' ? 'more' : 'fewer'} than ${formatCount(components)} were not tried`;
}

/** Rounded down, so that a number never looks as good as the limit it misses. */
function stabilityText({ cluster, stability }: Remark<'unstableCluster'>): string {
  const value = (Math.floor(stability * 100 + 1e-9) / 100).toFixed(2);
  return `cluster ${formatCount(cluster + 1)} is ${stability < trusted ? 'unstable' : 'doubtful'}, ${value}`;
}

function leftOutText({ failed, notConverged }: Remark<'leftOut'>): string {
  const failures = failed > 0 ? `${formatCounted(failed, 'fit')} failed` : '';
  if (notConverged === 0) return `${failures} (left out)`;
  const others = failed > 0 ? formatCount(notConverged) : formatCounted(notConverged, 'fit');
  return `${failed > 0 ? `${failures} and ` : ''}${others} did not converge (left out)`;
}

function ofKind<K extends VerdictRemark['kind']>(remarks: readonly VerdictRemark[], kind: K): Remark<K>[] {
  return remarks.filter((remark): remark is Remark<K> => remark.kind === kind);
}

/** `a`, `a and b`, `a, b and c`. */
function listed(names: readonly string[]): string {
  return names.length < 2
    ? names.join('')
    : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
