import type { Failure } from '../../shared/failure';
import type { PaintingFormat, PaintingSummary, Precision, QuantiseEvent } from '../../shared/image/painting';
import type { PictureId } from '../../shared/ids';
import type { QuantisationSpecification } from '../../shared/image/quantisation';
import { failed, map, ok, type Result } from '../../shared/result';
import { coloursForGoal, type SoughtGoal, type TriedColours } from '../image/coloursForGoal';
import { colourNeeds } from '../image/colourNeeds';
import type { Quantised } from '../image/quantised';
import { measureForGoal } from '../image/trial';
import { sideTooLong } from './encodePainting';
import { fitPicture } from './fitPicture';
import { paintingOfFit } from './paintingOfFit';
import type { JobContext, PictureJob } from './pictureJob';
import type { SharedPainting } from './sharedPainting';
import type { SharedPicture } from './sharedPicture';
import { throttled } from './throttled';
import { trialsOf } from './trialsOf';

/** What is painted, and how. */
export interface QuantiseRequest {
  readonly picture: SharedPicture;
  /** Where it is open in the window. */
  readonly open?: PictureId;
  readonly specification: QuantisationSpecification;
  readonly precision: Precision;
  /** Of the file that a goal by bytes is about. @default 'png', of several frames 'gif' */
  readonly format?: PaintingFormat;
}

/** A painting, and what became of a goal by quality or bytes; null: by count. */
export interface QuantisedPicture {
  readonly painting: SharedPainting;
  readonly goal: PaintingSummary['goal'];
}

/** Steps told in a second, at most. */
const stepsPerSecond = 20;

/** What a preview of a goal by quality or bytes shows: looking for it takes seconds. By eye. */
const previewColours = 16;

/** Finds a palette for a picture; exact, the picture is painted with it too. */
export const quantisePicture: PictureJob<QuantiseRequest, QuantiseEvent, QuantisedPicture> = async (
  request,
  context,
) => {
  const { picture, open, specification, precision } = request;
  const step = throttled(context.emit, 1000 / stepsPerSecond);
  const onStep = (found: Omit<Extract<QuantiseEvent, { kind: 'step' }>, 'kind'>): void =>
    step({ kind: 'step', ...found });
  const fit = remembered((colours: number) =>
    fitPicture(picture, colours, specification, context, { precision, onStep, open }),
  );
  const sought = await coloursSought(request, fit, context);
  if (!sought.ok) return sought;
  const { colours, goal } = sought.value;
  return map(fit(colours), (found) => ({ painting: paintingOfFit(request, found), goal }));
};

/** What was found for a number of colours is not looked for again: the best of a goal is painted with. */
function remembered<T>(find: (colours: number) => T): (colours: number) => T {
  const known = new Map<number, T>();
  return (colours) => {
    const found = known.get(colours) ?? find(colours);
    known.set(colours, found);
    return found;
  };
}

/** The number of colours to paint with. */
async function coloursSought(
  { picture, specification, precision, format = picture.times === null ? 'png' : 'gif' }: QuantiseRequest,
  fit: (colours: number) => Result<Quantised, Failure>,
  { emit }: JobContext<QuantiseEvent>,
): Promise<Result<{ colours: number; goal: QuantisedPicture['goal'] }, Failure>> {
  const { goal, locked } = specification;
  if (goal.kind === 'count') return ok({ colours: goal.colours, goal: null });
  const bounds = colourNeeds(picture.histogram, locked);
  if (precision === 'preview') {
    return ok({ colours: Math.min(bounds.most, Math.max(bounds.fewest, previewColours)), goal: null });
  }
  const refusal = sideTooLong({ ...picture.pixels, times: picture.times }, format);
  if (refusal !== null) return failed(refusal);
  const trials = trialsOf(picture, specification, fit, format);
  const measure = async (colours: number): Promise<Result<number, Failure>> => {
    const measured = await measureForGoal(trials, goal, colours);
    if (measured.ok) emit({ kind: 'trial', tried: told({ colours, value: measured.value }) });
    return measured;
  };
  return map(
    await coloursForGoal(goal satisfies SoughtGoal, measure, bounds),
    ({ isReached, best, tried }) => ({
      colours: best.colours,
      goal: { isReached, best: told(best), tried: tried.map(told) },
    }),
  );
}

/** No error at all has infinitely many decibels, which JSON and people do not know. */
const told = ({ colours, value }: TriedColours): { colours: number; value: number | null } => ({
  colours,
  value: value === Infinity ? null : value,
});
