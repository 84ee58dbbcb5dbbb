/** Of works about the same thing only the one that was begun last goes on. */
export class Foremost<K> {
  private readonly under = new Map<K, AbortController>();

  /** Aborts the work about `key` that is under way. The signal of the new one, which ends with `signal` too. */
  begin(key: K, signal: AbortSignal): AbortSignal {
    this.under.get(key)?.abort();
    const own = new AbortController();
    this.under.set(key, own);
    return AbortSignal.any([signal, own.signal]);
  }
}
