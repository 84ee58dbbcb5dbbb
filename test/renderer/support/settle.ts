import { flushPromises } from '@vue/test-utils';
import type { Failure } from '../../../shared/failure';

/** Answers a call and lets what awaited it run to its end. */
export async function answer<V>(call: { answer(value: V): void }, value: V): Promise<void> {
  call.answer(value);
  await flushPromises();
}

/** Fails a call and lets what awaited it run to its end. */
export async function fail(call: { fail(failure: Failure): void }, failure: Failure): Promise<void> {
  call.fail(failure);
  await flushPromises();
}
