import { effectScope, nextTick, shallowRef } from 'vue';
import { expect, test } from 'vitest';
import { useLatestAnswer } from '../../renderer/composables/useLatestAnswer';
import type { Failure } from '../../shared/failure';
import { failed, ok, type Result } from '../../shared/result';

function asking(first: string | null) {
  const question = shallowRef<string | null>(first);
  const asked: { question: string; signal: AbortSignal; settle(result: Result<string, Failure>): void }[] =
    [];
  const latest = effectScope().run(() =>
    useLatestAnswer(
      () => question.value,
      (text, signal) =>
        new Promise<Result<string, Failure>>((settle) => asked.push({ question: text, signal, settle })),
    ),
  )!;
  return { question, asked, latest };
}

test('an answer to an older question is dropped, even when it comes last', async () => {
  const { question, asked, latest } = asking('old');
  question.value = 'new';
  await nextTick();
  expect(asked[0].signal.aborted).toBe(true);
  asked[1].settle(ok('newer'));
  await nextTick();
  asked[0].settle(ok('older'));
  await nextTick();
  expect(latest.answer.value).toBe('newer');
});

test('a failure of an older question is dropped', async () => {
  const { question, asked, latest } = asking('old');
  question.value = 'new';
  await nextTick();
  asked[0].settle(failed({ kind: 'cancelled' }));
  await nextTick();
  expect(latest.failure.value).toBeNull();
  expect(latest.isAsking.value).toBe(true);
});

test('a typed array in a question is the same as long as it is one array', async () => {
  const rows = shallowRef(Int32Array.of(1, 2));
  const other = shallowRef(0);
  let asked = 0;
  effectScope().run(() =>
    useLatestAnswer(
      () => ({ rows: rows.value, other: Math.min(1, other.value) }),
      () => {
        asked++;
        return Promise.resolve(ok(null));
      },
    ),
  );
  expect(asked).toBe(1);
  other.value = 1;
  await nextTick();
  expect(asked).toBe(2);
  other.value = 2;
  await nextTick();
  expect(asked).toBe(2);
  rows.value = Int32Array.of(1, 3);
  await nextTick();
  expect(asked).toBe(3);
});

test('no question clears the answer', async () => {
  const { question, asked, latest } = asking('one');
  asked[0].settle(ok('answer'));
  await nextTick();
  expect(latest.answer.value).toBe('answer');
  question.value = null;
  await nextTick();
  expect(latest.answer.value).toBeNull();
  expect(latest.isAsking.value).toBe(false);
});
