/**
 * The column whose name is meant by `text`, in any case: the same name, else the next after `from` that begins
 * with it or, failing that, holds it; around the end to the first. Null when there is none.
 */
export function findColumn(names: readonly string[], text: string, from = -1): number | null {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return null;
  const lowered = names.map((name) => name.toLowerCase());
  const exact = lowered.indexOf(wanted);
  if (exact >= 0) return exact;
  for (const matches of [
    (name: string) => name.startsWith(wanted),
    (name: string) => name.includes(wanted),
  ]) {
    const after = lowered.findIndex((name, index) => index > from && matches(name));
    if (after >= 0) return after;
    const first = lowered.findIndex(matches);
    if (first >= 0) return first;
  }
  return null;
}
