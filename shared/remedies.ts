import type { Failure } from './failure';
import type { Finding } from './finding';
import { fitSpecification, type FitSpecification } from './fit';
import type { FitFailure } from './fitFailure';
import type { CovarianceStructure, ModelSpecification } from './model';

/** Something a person can do about a fit that failed or would: words for a button, and the fit it makes of the old one. */
export interface Remedy {
  readonly label: string;
  readonly specification: FitSpecification;
}

type WithCovariance = Extract<ModelSpecification, { covariance: CovarianceStructure }>;
type Change = (specification: FitSpecification) => Remedy | null;

/** Beside the variances of standardised features it is small, and no scatter stays singular with it. By eye. */
const smallRidge = 1e-3;

/** What helps against the failure of a fit, the best first; only what its cause is cured by. */
export function failureRemedies(failure: Failure, specification: FitSpecification): Remedy[] {
  if (failure.kind === 'constantColumn') return apply(specification, [withoutFeature(failure.column)]);
  if (failure.kind === 'missingCells')
    return apply(specification, [keepingMissing, withoutFeature(failure.column)]);
  if (failure.kind === 'columnNotSuitable' || failure.kind === 'columnNotNumeric')
    return apply(specification, [withoutFeature(failure.column)]);
  if (failure.kind === 'tooManyLabels') return apply(specification, [withComponents(failure.labels)]);
  return failure.kind === 'fitFailed' ? fitRemedies(failure.failure, failure.features, specification) : [];
}

/** `features`: the names of the number features, in the order of the fit. */
function fitRemedies(
  failure: FitFailure,
  features: readonly string[],
  specification: FitSpecification,
): Remedy[] {
  const fewer = withComponents(specification.model.components - 1);
  switch (failure.kind) {
    case 'tooFewDistinctRows':
      return apply(specification, [withComponents(failure.distinct)]);
    case 'emptyComponent':
      return apply(specification, [fewer, freeStart]);
    case 'notFinite':
      return apply(specification, [standardised]);
    case 'badStart':
      return apply(specification, [freeStart]);
    case 'singularCovariance': {
      const feature = failure.feature === null ? undefined : features[failure.feature];
      const leaveOut = feature === undefined ? [] : [withoutFeature(feature)];
      switch (failure.cause) {
        case 'constantFeature':
          return apply(specification, leaveOut);
        case 'collinearFeatures':
          return apply(specification, [...leaveOut, diagonal, withRidge]);
        case 'fewRows':
          return apply(specification, [withPrior, equalCovariance, fewer, diagonal, withRidge]);
        case 'collapsed':
          // Without spread in a feature a diagonal covariance collapses too; one of all clusters has the others' spread.
          return apply(specification, [withPrior, ...leaveOut, equalCovariance, fewer, withRidge]);
      }
    }
  }
}

/** What helps against a finding before the fit is run, the best first. */
export function findingRemedies(finding: Finding, specification: FitSpecification): Remedy[] {
  switch (finding.kind) {
    case 'constantColumn':
    case 'emptyColumn':
      return apply(specification, [withoutFeature(finding.column)]);
    case 'duplicateColumns':
      return apply(specification, [...finding.columns.slice(1).map(withoutFeature), diagonal]);
    case 'collinearColumn':
      return apply(specification, [withoutFeature(finding.column), diagonal, withRidge]);
    case 'fewRowsPerCluster': {
      const components = Math.floor(finding.rows / finding.needed);
      return apply(specification, [withPrior, equalCovariance, diagonal, withComponents(components)]);
    }
    case 'fewDistinctRows':
      return apply(specification, [withComponents(finding.distinct)]);
    case 'scalesApart':
    case 'farFromZero':
      return apply(specification, [standardised]);
  }
}

const apply = (specification: FitSpecification, changes: readonly Change[]): Remedy[] =>
  changes.flatMap((change) => change(specification) ?? []);

const remedy = (label: string, specification: FitSpecification): Remedy => ({
  label,
  specification: fitSpecification.parse(specification),
});

const withoutFeature =
  (name: string): Change =>
  (specification) => {
    const { preparation } = specification;
    const features = preparation.features.filter((feature) => feature !== name);
    if (features.length === 0 || features.length === preparation.features.length) return null;
    const { kinds, scaling } = preparation;
    return remedy(`Leave out "${name}"`, {
      ...specification,
      preparation: {
        ...preparation,
        features,
        kinds: kinds && Object.fromEntries(Object.entries(kinds).filter(([feature]) => feature !== name)),
        // Numbers given for each feature no longer fit.
        scaling: typeof scaling === 'object' ? 'standardise' : scaling,
      },
      model: withoutGivenPrior(specification.model),
      start: ofDimensions(specification.start),
    });
  };

const withComponents =
  (components: number): Change =>
  (specification) =>
    components < 1 || components === specification.model.components
      ? null
      : remedy(`Use ${components} ${components === 1 ? 'cluster' : 'clusters'}`, {
          ...specification,
          model: { ...specification.model, components },
          start: { method: 'kmeans' },
        });

const keepingMissing: Change = (specification) =>
  specification.preparation.missing === 'keep'
    ? null
    : remedy('Keep rows with missing cells', {
        ...specification,
        preparation: { ...specification.preparation, missing: 'keep' },
      });

const standardised: Change = (specification) =>
  specification.preparation.scaling === 'standardise'
    ? null
    : remedy('Standardise the features', {
        ...specification,
        preparation: { ...specification.preparation, scaling: 'standardise' },
      });

const freeStart: Change = (specification) =>
  'method' in specification.start
    ? remedy('Start anew with another seed', {
        ...specification,
        run: { ...specification.run, seed: (specification.run.seed + 1) % 2 ** 32 },
      })
    : remedy('Let the program choose the start', { ...specification, start: { method: 'kmeans' } });

const withPrior: Change = (specification) =>
  withModel(specification, 'Add a weak prior', (model) =>
    model.prior.normal !== undefined || model.covariance === 'fixed' ? null : withDefaultPrior(model),
  );

const equalCovariance: Change = (specification) =>
  withModel(specification, 'Give all clusters one covariance', (model) => {
    const shared = isDiagonal(model.covariance) ? 'EEI' : 'EEE';
    return model.covariance === shared || isShared(model.covariance)
      ? null
      : { ...model, covariance: shared };
  });

const diagonal: Change = (specification) =>
  withModel(specification, 'Use diagonal covariances', (model) =>
    isDiagonal(model.covariance)
      ? null
      : { ...model, covariance: isShared(model.covariance) ? 'EEI' : 'VVI' },
  );

const withRidge: Change = (specification) =>
  withModel(specification, 'Add a small ridge to every variance', (model) =>
    model.ridge > 0 || specification.preparation.scaling !== 'standardise'
      ? null
      : { ...model, ridge: smallRidge },
  );

function withModel(
  specification: FitSpecification,
  label: string,
  change: (model: WithCovariance) => WithCovariance | null,
): Remedy | null {
  const { model } = specification;
  if (model.family !== 'gaussian' && model.family !== 'mixed') return null;
  const changed = change(model);
  return changed && remedy(label, { ...specification, model: changed });
}

const isDiagonal = (structure: CovarianceStructure): boolean =>
  structure === 'fixed' || structure.endsWith('I');
const isShared = (structure: CovarianceStructure): boolean =>
  structure === 'fixed' || structure === 'EII' || structure === 'EEI' || structure === 'EEE';

/** A prior whose numbers were given for each feature becomes the one from the data. */
function withoutGivenPrior(model: ModelSpecification): ModelSpecification {
  const isGiven = 'covariance' in model && typeof model.prior.normal === 'object';
  return isGiven ? withDefaultPrior(model) : model;
}

function withDefaultPrior(model: WithCovariance): WithCovariance {
  const normal = 'default';
  return model.family === 'gaussian'
    ? { ...model, prior: { ...model.prior, normal } }
    : { ...model, prior: { ...model.prior, normal } };
}

/** A start that speaks of features is let go; one that speaks of rows stays. */
function ofDimensions(start: FitSpecification['start']): FitSpecification['start'] {
  return 'centres' in start || 'parameters' in start ? { method: 'kmeans' } : start;
}
