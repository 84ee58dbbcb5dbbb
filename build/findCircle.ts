import path from 'node:path';
import { importsOf } from './imports';

/**
 * Files that import each other in a circle, the first again at the end; null: there is none. Imports that vanish when
 * compiled do not count: what is left decides in which order files are run, and in a circle none comes first.
 *
 * @param sources  text of every file, by its path from the root, with forward slashes
 */
export function findCircle(sources: ReadonlyMap<string, string>): string[] | null {
  const done = new Set<string>();
  const way: string[] = [];

  function follow(file: string): string[] | null {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return null;
    way.push(file);
    for (const next of importedBy(file, sources)) {
      const circle = follow(next);
      if (circle !== null) return circle;
    }
    way.pop();
    done.add(file);
    return null;
  }

  for (const file of sources.keys()) {
    const circle = follow(file);
    if (circle !== null) return circle;
  }
  return null;
}

/** The files that a file imports when it is run. */
function importedBy(file: string, sources: ReadonlyMap<string, string>): string[] {
  return importsOf(file, sources.get(file) ?? '')
    .filter(({ target, isTypeOnly }) => target.startsWith('.') && !isTypeOnly)
    .map(({ target }) => path.posix.join(path.posix.dirname(file), target))
    .map((target) => (sources.has(target) ? target : `${target}.ts`))
    .filter((target) => sources.has(target));
}
