/** Of works about the same thing only the one that was begun last goes on. */
export class Foremost<K> {
  private readonly under = new Map<K, AbortController>();

  /** Aborts the work about `key` that is under way; the new one is aborted by the next, or with `signal`. */
  async run<T>(key: K, signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    this.under.get(key)?.abort();
    const own = new AbortController();
    this.under.set(key, own);
    try {
      return await work(AbortSignal.any([signal, own.signal]));
    } finally {
      if (this.under.get(key) === own) this.under.delete(key);
    }
  }
}
