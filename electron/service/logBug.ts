/** Writes a bug to the log and returns the number a person can quote. */
export function logBug(error: unknown, call: string): string {
  const reference = Date.now().toString(36);
  console.error(`[${reference}] ${call}:`, error);
  return reference;
}
