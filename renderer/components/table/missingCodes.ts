/** Codes for "missing" as a person types them: separated by commas, without the blanks around them. */
export function codesFromText(text: string): string[] {
  const codes = text.split(',').map((code) => code.trim());
  return [...new Set(codes.filter((code) => code !== ''))];
}

/** Codes for "missing" as they are typed; a blank cell is always missing and is not listed. */
export function codesToText(codes: readonly string[]): string {
  return codes.filter((code) => code.trim() !== '').join(', ');
}
