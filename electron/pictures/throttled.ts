/** Tells the first of what follows each other within `everyMs`, and leaves out the others. */
export function throttled<E>(tell: (event: E) => void, everyMs: number): (event: E) => void {
  let told = -Infinity;
  return (event) => {
    const now = performance.now();
    if (now - told < everyMs) return;
    told = now;
    tell(event);
  };
}
