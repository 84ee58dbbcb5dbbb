import type { Failure } from '../../shared/failure';
import type { PaintingId } from '../../shared/ids';
import type { PaintingSummary } from '../../shared/image/painting';
import type { Colour, QuantisationSpecification } from '../../shared/image/quantisation';
import type { Result } from '../../shared/result';

/** A painting that was asked for. */
export interface PaintingQuestion {
  readonly signal: AbortSignal;
  readonly draft: QuantisationSpecification;
  /** The draft with the colours that are locked. */
  readonly specification: QuantisationSpecification;
}

/** Questions of which only the newest counts: to ask another one stops it, and what still comes of it is forgotten. */
export interface PaintingQuestions {
  ask(draft: QuantisationSpecification, locked: readonly Colour[]): PaintingQuestion;
  /** Stops the newest; nothing is asked for then. */
  drop(): void;
  isNewest(question: PaintingQuestion): boolean;
  /** What a call for a question came to; null: something else has been asked for meanwhile, or it was dropped. */
  answerTo(
    question: PaintingQuestion,
    call: Promise<Result<PaintingSummary, Failure>>,
  ): Promise<Result<PaintingSummary, Failure> | null>;
}

/** No question yet; `forget` lets go of paintings that came too late. */
export function usePaintingQuestion(forget: (painting: PaintingId) => void): PaintingQuestions {
  let newest: { readonly question: PaintingQuestion; readonly controller: AbortController } | null = null;

  function drop(): void {
    newest?.controller.abort();
    newest = null;
  }

  const isNewest = (question: PaintingQuestion): boolean => newest?.question === question;

  return {
    ask(draft, locked) {
      drop();
      const controller = new AbortController();
      const question = {
        signal: controller.signal,
        draft,
        specification: { ...draft, locked: [...locked] },
      };
      newest = { question, controller };
      return question;
    },

    drop,
    isNewest,

    async answerTo(question, call) {
      const answer = await call;
      if (isNewest(question)) return answer;
      if (answer.ok) forget(answer.value.painting);
      return null;
    },
  };
}
