/** Kinds of input that take no letters or figures. */
const typeless = ['range', 'radio', 'checkbox', 'button', 'color'];

/** Whether a key goes into a field, or belongs to a dialog that is open, and so is no command. */
export function isTyped({ target }: KeyboardEvent): boolean {
  if (document.querySelector('[role="dialog"]') !== null) return true;
  if (target instanceof HTMLInputElement) return !typeless.includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
