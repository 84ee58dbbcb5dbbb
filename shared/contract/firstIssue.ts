import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/** What is wrong with a value, and where: the keys that lead there. */
export interface FoundIssue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/**
 * The first thing wrong with a value. Of one that might have been of several forms, what is wrong with the form it is
 * nearest to: "invalid" alone would help nobody.
 */
export function firstIssue({ issues }: z.ZodError): FoundIssue | null {
  const first = issues.at(0);
  if (first === undefined) return null;
  const { path, message } = nearest([first])[0];
  return { path, message };
}

/** Issues with each choice between forms replaced by the issues of the nearest form. */
function nearest(issues: readonly Issue[]): Issue[] {
  return issues.flatMap((issue) => {
    if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue];
    const forms = issue.errors.map((own) => nearest(own)).sort((a, b) => distance(a) - distance(b));
    return forms[0].map((own) => ({ ...own, path: [...issue.path, ...own.path] }));
  });
}

/** Fewest issues first; of as many the deepest, for what leads there is right; then a wrong value of the right type. */
function distance(issues: readonly Issue[]): number {
  const [{ path, code }] = issues;
  return 100 * issues.length - path.length - (code === 'invalid_value' ? 0.5 : 0);
}
