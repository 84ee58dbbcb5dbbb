import { z } from 'zod';
import { anyNumber, componentParameters, fitEvent, fitSpecification, fitSummary } from '../fit';
import { finding } from '../finding';
import { fitId, grantId, runId, selectionId, tableId } from '../ids';
import {
  borderlineRows,
  clusterRules,
  comparand,
  comparedRows,
  comparison,
  ruleCondition,
  separation,
} from '../results';
import { gridPoint, selectionEvent, selectionSpecification, selectionSummary } from '../selection';
import { featureHistogram, rowSample, silhouettePlot } from '../resultCharts';
import { importOptions, tablePreview, tableSlice, tableSummary } from '../table';
import { float64Array, int32Array } from '../typedArrays';
import { pictureCalls } from './pictureCalls';

/** Two directions in feature space to look along: two columns, or the two principal axes of the rows used. */
const scatterAxes = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('features'), x: z.int().nonnegative(), y: z.int().nonnegative() }),
  z.strictObject({ kind: z.literal('principal') }),
]);
export type ScatterAxes = z.infer<typeof scatterAxes>;

/** Points of a scatter, in units of the file along features and of the fit along principal axes. */
export const scatterPoints = z.object({
  x: float64Array,
  y: float64Array,
  /** Row of each point in the table. */
  row: int32Array,
  /** Rows there are; more than points when a sample is shown. */
  total: z.int(),
  /**
   * The linear map from units of the file to the plane: plane = matrix (x - centre), matrix 2 x d. It takes
   * means and covariances of components into the same picture.
   */
  matrix: float64Array,
  centre: float64Array,
  /** Names of the two axes, with the share of variance for principal ones. */
  xName: z.string(),
  yName: z.string(),
});
export type ScatterPoints = z.infer<typeof scatterPoints>;

const noEvent = z.never();

const openEvent = z.discriminatedUnion('kind', [
  /** The first rows, as read from the beginning of the file; types may still change. */
  z.object({ kind: z.literal('firstRows'), preview: tablePreview }),
  z.object({ kind: z.literal('progress'), bytes: z.number(), totalBytes: z.number(), rows: z.int() }),
]);

const workEvent = z.object({ kind: z.literal('progress'), fraction: z.number().min(0).max(1) });

const writeEvent = z.object({ kind: z.literal('progress'), rows: z.int(), totalRows: z.int() });

/**
 * The whole surface between the window (or the command line) and the service. Every call may be cancelled,
 * may send events before its answer, and is answered exactly once, with a value or a failure.
 */
export const calls = {
  'service.about': {
    body: z.strictObject({}),
    event: noEvent,
    answer: z.object({ version: z.string(), runtime: z.string(), threads: z.int() }),
  },
  /** Reads a whole file into a table. */
  'table.open': {
    body: z.strictObject({ file: grantId, options: importOptions }),
    event: openEvent,
    answer: tableSummary,
  },
  /** Reads the first rows only, for the import dialog. */
  'table.preview': {
    body: z.strictObject({ file: grantId, options: importOptions }),
    event: noEvent,
    answer: tablePreview,
  },
  /** Original text of rows [firstRow, endRow) and columns [firstColumn, endColumn); clipped to the table. */
  'table.slice': {
    body: z.strictObject({
      table: tableId,
      firstRow: z.int().nonnegative(),
      endRow: z.int().nonnegative(),
      firstColumn: z.int().nonnegative(),
      endColumn: z.int().nonnegative(),
    }),
    event: noEvent,
    answer: tableSlice,
  },
  'table.close': { body: z.strictObject({ table: tableId }), event: noEvent, answer: z.object({}) },
  /** Points for a scatter of the rows a preparation uses; at most `limit`, evenly spread over the table. */
  'table.scatter': {
    body: z.strictObject({
      table: tableId,
      preparation: fitSpecification.shape.preparation,
      axes: scatterAxes,
      limit: z.int().min(1).max(2_000_000),
    }),
    event: noEvent,
    answer: scatterPoints,
  },
  /** What speaks against a fit before it is run, or makes it doubtful, by name and with the columns it is in. */
  'fit.diagnose': {
    body: z.strictObject({ table: tableId, specification: fitSpecification }),
    event: noEvent,
    answer: z.object({ findings: z.array(finding) }),
  },
  /** Runs all restarts. Cancelling keeps the best so far: the answer then says `stopped: cancelled`. */
  'fit.run': {
    body: z.strictObject({
      table: tableId,
      specification: fitSpecification,
      /** Chosen by the caller, so that `fit.steer` can name the run. */
      run: runId.optional(),
      /** Begins paused: the first iteration waits for a step. */
      paused: z.boolean().default(false),
    }),
    event: fitEvent,
    answer: fitSummary,
  },
  /**
   * Fits a delimited file that is never held whole, by online EM: it is read again in every epoch. There is no table,
   * and nothing is kept of the fit but the answer. Cancelling keeps nothing.
   */
  'fit.stream': {
    body: z.strictObject({ file: grantId, options: importOptions, specification: fitSpecification }),
    event: fitEvent,
    answer: z.object({ summary: fitSummary, fileName: z.string(), rows: z.int() }),
  },
  /** Pauses a run after the iterations under way, lets it go on, or lets each restart under way make one iteration. */
  'fit.steer': {
    body: z.strictObject({ run: runId, command: z.enum(['pause', 'resume', 'step']) }),
    event: noEvent,
    answer: z.object({}),
  },
  /** The best restart as it went, for replay: every iteration of a short run, evenly thinned of a long one. */
  'fit.frames': {
    body: z.strictObject({ fit: fitId }),
    event: noEvent,
    answer: z.object({
      frames: z.array(
        z.object({ iteration: z.int(), objective: anyNumber, parameters: componentParameters }),
      ),
    }),
  },
  /**
   * What the model puts into missing cells: the conditional mean given the rest of the row, with its standard
   * deviation, in units of the file; the probability of "yes"; the most probable level with its probability.
   * `rows`: those rows of the table, null: all.
   */
  'fit.imputed': {
    body: z.strictObject({ fit: fitId, rows: int32Array.nullable() }),
    event: noEvent,
    answer: z.object({
      row: int32Array,
      /** Index among the features of the fit. */
      feature: int32Array,
      /** Mean, probability of "yes", or index of the level. */
      value: float64Array,
      /** Standard deviation; of a category, the probability of the level. */
      spread: float64Array,
    }),
  },
  /** Cluster (-1: the row took no part), its probability, and the log density of the row (no sense for k-means). */
  'fit.memberships': {
    body: z.strictObject({ fit: fitId, rows: int32Array }),
    event: noEvent,
    answer: z.object({ label: int32Array, probability: float64Array, logDensity: float64Array }),
  },
  /** All memberships, n x K over all rows of the table, NaN where a row took no part. For the command line. */
  'fit.responsibilities': {
    body: z.strictObject({ fit: fitId }),
    event: noEvent,
    answer: z.object({ label: int32Array, responsibilities: float64Array, logDensity: float64Array }),
  },
  /** Which component of an earlier fit of the same table each component of a later one is; -1: none. */
  'fit.match': {
    body: z.strictObject({ earlier: fitId, later: fitId }),
    event: noEvent,
    answer: z.object({ earlier: int32Array }),
  },
  /** Features by how much they separate the clusters, and their quartiles. */
  'fit.separation': { body: z.strictObject({ fit: fitId }), event: workEvent, answer: separation },
  /** A short rule for every cluster, with its precision and recall. */
  'fit.rules': { body: z.strictObject({ fit: fitId }), event: workEvent, answer: clusterRules },
  /** Rows by how little their best cluster is ahead, the least first; `cluster`: only rows of that one. */
  'fit.borderline': {
    body: z.strictObject({
      fit: fitId,
      cluster: z.int().nonnegative().nullable(),
      first: z.int().nonnegative(),
      count: z.int().min(1).max(200),
    }),
    event: noEvent,
    answer: borderlineRows,
  },
  /** A histogram of every feature by cluster; `rows` of the table: of those alone, in the bins of all. */
  'fit.histograms': {
    body: z.strictObject({ fit: fitId, rows: int32Array.nullable() }),
    event: noEvent,
    answer: z.object({ histograms: z.array(featureHistogram) }),
  },
  /** Silhouette widths; null where there are none: a single cluster, or no feature that is a number. */
  'fit.silhouette': {
    body: z.strictObject({ fit: fitId }),
    event: noEvent,
    answer: z.object({ plot: silhouettePlot.nullable() }),
  },
  /** The rows of the table that are in a cluster (null: in any) and fulfil all conditions. */
  'fit.rowsWhere': {
    body: z.strictObject({
      fit: fitId,
      cluster: z.int().nonnegative().nullable(),
      conditions: z.array(ruleCondition).max(1000),
    }),
    event: noEvent,
    answer: z.object({ row: int32Array }),
  },
  /** Some rows with all their cells, spread over the table. */
  'fit.sample': {
    body: z.strictObject({ fit: fitId, limit: z.int().min(1).max(100_000) }),
    event: noEvent,
    answer: rowSample,
  },
  /** The clusters of a fit against the values of a column, or the clusters of another fit of the same table. */
  'fit.compare': {
    body: z.strictObject({ fit: fitId, with: comparand }),
    event: workEvent,
    answer: comparison,
  },
  /** Rows of a comparison: those in one cluster and group, or (null) those whose cluster does not go with their group. */
  'fit.comparedRows': {
    body: z.strictObject({
      fit: fitId,
      with: comparand,
      cell: z.strictObject({ cluster: z.int().nonnegative(), group: z.int().nonnegative() }).nullable(),
      first: z.int().nonnegative(),
      count: z.int().min(1).max(5_000_000),
    }),
    event: workEvent,
    answer: comparedRows,
  },
  /**
   * Fits and judges every point of a grid of models and numbers of clusters. Cancelling keeps what is finished: the
   * answer then says `isComplete: false`. A run can be paused by `fit.steer`.
   */
  'selection.run': {
    body: z.strictObject({
      table: tableId,
      specification: selectionSpecification,
      run: runId.optional(),
    }),
    event: selectionEvent,
    answer: selectionSummary,
  },
  /** The fit of a grid point to all rows, as `fit.run` would have found it, without fitting again. */
  'selection.open': {
    body: z.strictObject({ selection: selectionId, point: gridPoint }),
    event: noEvent,
    answer: fitSummary,
  },
  /**
   * The average of all grid points with a likelihood, by their weights under BIC: of the given rows the probability
   * that each pair is in one cluster (rows x rows), and the log density of each.
   */
  'selection.average': {
    body: z.strictObject({ selection: selectionId, rows: int32Array }),
    event: noEvent,
    answer: z.object({ coMembership: float64Array, logDensity: float64Array }),
  },
  'selection.forget': {
    body: z.strictObject({ selection: selectionId }),
    event: noEvent,
    answer: z.object({}),
  },
  'fit.forget': { body: z.strictObject({ fit: fitId }), event: noEvent, answer: z.object({}) },
  /** The user's rows in their order plus cluster, name and probability; written whole or not at all. */
  'export.rows': {
    body: z.strictObject({ fit: fitId, file: grantId, clusterNames: z.array(z.string()) }),
    event: writeEvent,
    answer: z.object({ bytes: z.number(), rows: z.int() }),
  },
  /** The fitted model as JSON. */
  'export.model': {
    body: z.strictObject({ fit: fitId, file: grantId, clusterNames: z.array(z.string()) }),
    event: noEvent,
    answer: z.object({ bytes: z.number() }),
  },
  /** The settings of a fit as a job of the command line; `import`: how the file was read where detection was not wanted. */
  'export.job': {
    body: z.strictObject({ fit: fitId, file: grantId, import: importOptions }),
    event: noEvent,
    answer: z.object({ bytes: z.number() }),
  },
  ...pictureCalls,
} as const;

export type Calls = typeof calls;
export type CallName = keyof Calls;
export type CallBody<C extends CallName> = z.infer<Calls[C]['body']>;
export type CallInput<C extends CallName> = z.input<Calls[C]['body']>;
export type CallEvent<C extends CallName> = z.infer<Calls[C]['event']>;
export type CallAnswer<C extends CallName> = z.infer<Calls[C]['answer']>;
