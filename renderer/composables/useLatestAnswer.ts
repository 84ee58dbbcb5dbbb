import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue';
import type { Failure } from '../../shared/failure';
import type { Result } from '../../shared/result';

export interface LatestAnswer<Answer> {
  /** The answer to the newest question that was answered; kept while the next is under way. */
  readonly answer: Readonly<ShallowRef<Answer | null>>;
  readonly failure: Readonly<ShallowRef<Failure | null>>;
  readonly isAsking: Readonly<ShallowRef<boolean>>;
}

/**
 * Keeps the answer to a question that changes. `question` is reactive; null asks nothing and clears the answer.
 * An older question is cancelled, and its answer dropped, when a newer one is there. A question that reads the
 * same as the one before, as JSON, is not asked again; typed arrays are the same when they are one array, since to
 * write out a million numbers holds the window up.
 */
export function useLatestAnswer<Question, Answer>(
  question: () => Question | null,
  ask: (question: Question, signal: AbortSignal) => Promise<Result<Answer, Failure>>,
): LatestAnswer<Answer> {
  const answer: ShallowRef<Answer | null> = shallowRef(null);
  const failure = shallowRef<Failure | null>(null);
  const isAsking = shallowRef(false);
  let questionNumber = 0;
  let controller: AbortController | null = null;

  async function follow(newest: Question | null): Promise<void> {
    const own = ++questionNumber;
    controller?.abort();
    controller = null;
    isAsking.value = newest !== null;
    if (newest === null) {
      answer.value = null;
      failure.value = null;
      return;
    }
    controller = new AbortController();
    const result = await ask(newest, controller.signal);
    if (own !== questionNumber) return;
    isAsking.value = false;
    answer.value = result.ok ? result.value : null;
    failure.value = result.ok ? null : result.failure;
  }

  watch(
    () => JSON.stringify(question(), (_name, value: unknown) => numberOfArray(value) ?? value),
    () => void follow(question()),
    { immediate: true },
  );
  onScopeDispose(() => {
    questionNumber++;
    controller?.abort();
  });
  return { answer, failure, isAsking };
}

const arrayNumbers = new WeakMap<object, number>();
let arraysSeen = 0;

/** A number of its own for every typed array; null for any other value. */
function numberOfArray(value: unknown): number | null {
  if (!ArrayBuffer.isView(value)) return null;
  const known = arrayNumbers.get(value) ?? ++arraysSeen;
  arrayNumbers.set(value, known);
  return known;
}
