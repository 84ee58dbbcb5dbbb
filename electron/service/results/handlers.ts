import type { Handlers } from '../../../shared/contract/port';
import type { Failure } from '../../../shared/failure';
import type { FitId } from '../../../shared/ids';
import { failed, map, ok, type Result } from '../../../shared/result';
import type { SilhouettePlot } from '../../../shared/resultCharts';
import type { Comparand, Comparison } from '../../../shared/results';
import type { Fit } from '../fits';
import type { ServiceState } from '../serviceState';
import type { PreparedRows } from '../preparation/prepareRows';
import { borderlinePage, doubtsOf, type Doubts } from './borderline';
import { compare, comparedRows } from './compare';
import { groupsOf, type Groups } from './groups';
import { histograms } from './histograms';
import { rowSample } from './rowSample';
import { rowsOfFit } from './rowsOfFit';
import { rowsWhere } from './rowsWhere';
import { clusterRules } from './rules';
import { separation } from './separation';
import { silhouettePlot } from './silhouettePlot';
import { workOf, type Work } from './work';

type ResultCall =
  | 'fit.separation'
  | 'fit.rules'
  | 'fit.borderline'
  | 'fit.histograms'
  | 'fit.silhouette'
  | 'fit.rowsWhere'
  | 'fit.sample'
  | 'fit.compare'
  | 'fit.comparedRows';

/** The calls that judge a finished fit. What takes a while is worked out once for a fit and kept as long as it is. */
export function resultHandlers({ fits, tables }: ServiceState): Pick<Handlers, ResultCall> {
  const separations = new WeakMap<Fit, NonNullable<Awaited<ReturnType<typeof separation>>>>();
  const rules = new WeakMap<Fit, NonNullable<Awaited<ReturnType<typeof clusterRules>>>>();
  const silhouettes = new WeakMap<Fit, { readonly plot: SilhouettePlot | null }>();
  const doubts = new WeakMap<Fit, { readonly doubts: Doubts | null }>();

  function open(id: FitId): Result<{ fit: Fit; prepared: PreparedRows }, Failure> {
    const fit = fits.get(id);
    if (!fit.ok) return fit;
    const prepared = rowsOfFit(tables, fit.value);
    return prepared.ok ? ok({ fit: fit.value, prepared: prepared.value }) : prepared;
  }

  /** A fit with the groups it is compared with, and the comparison. */
  async function compared(
    id: FitId,
    comparand: Comparand,
    work: Work,
  ): Promise<Result<{ fit: Fit; groups: Groups; comparison: Comparison }, Failure>> {
    const opened = open(id);
    if (!opened.ok) return opened;
    const { fit, prepared } = opened.value;
    const groups = await groupsOf(fit, comparand, fits, work);
    if (!groups.ok) return groups;
    return ok({ fit, groups: groups.value, comparison: compare(fit, prepared, groups.value) });
  }

  /** The answer kept for a fit, or a new one, which is kept. */
  async function once<T>(
    kept: WeakMap<Fit, T>,
    id: FitId,
    answer: (fit: Fit, prepared: PreparedRows) => Promise<T | null>,
  ): Promise<Result<T, Failure>> {
    const opened = open(id);
    if (!opened.ok) return opened;
    const { fit, prepared } = opened.value;
    const known = kept.get(fit) ?? (await answer(fit, prepared));
    if (known === null) return failed({ kind: 'cancelled' });
    kept.set(fit, known);
    return ok(known);
  }

  return {
    'fit.separation': ({ fit: id }, { signal, emit }) =>
      once(separations, id, (fit, prepared) => separation(fit, prepared, workOf(signal, emit))),

    'fit.rules': ({ fit: id }, { signal, emit }) =>
      once(rules, id, (fit, prepared) => clusterRules(fit, prepared, workOf(signal, emit))),

    'fit.borderline': async (body, { signal }) => {
      const opened = open(body.fit);
      if (!opened.ok) return opened;
      const { fit, prepared } = opened.value;
      const known = doubts.get(fit) ?? { doubts: doubtsOf(fit, prepared) };
      doubts.set(fit, known);
      if (known.doubts === null) return ok({ listed: 0, doubtful: null, rows: [] });
      const page = await borderlinePage(fit, prepared, known.doubts, body, signal);
      return page === null ? failed({ kind: 'cancelled' }) : ok(page);
    },

    'fit.histograms': ({ fit: id, rows }) =>
      Promise.resolve(
        map(open(id), ({ fit, prepared }) => ({ histograms: histograms(fit, prepared, rows) })),
      ),

    'fit.rowsWhere': ({ fit: id, cluster, conditions }) =>
      Promise.resolve(
        map(open(id), ({ fit, prepared }) => ({ row: rowsWhere(fit, prepared, cluster, conditions) })),
      ),

    'fit.silhouette': ({ fit: id }) =>
      once(silhouettes, id, (fit, prepared) => Promise.resolve({ plot: silhouettePlot(fit, prepared) })),

    'fit.sample': ({ fit: id, limit }) =>
      Promise.resolve(map(open(id), ({ fit, prepared }) => rowSample(fit, prepared, limit))),

    'fit.compare': async ({ fit: id, with: comparand }, { signal, emit }) =>
      map(await compared(id, comparand, workOf(signal, emit)), ({ comparison }) => comparison),

    'fit.comparedRows': async (body, { signal, emit }) =>
      map(await compared(body.fit, body.with, workOf(signal, emit)), ({ fit, groups, comparison }) =>
        comparedRows(fit, groups, comparison.match, body),
      ),
  };
}
