/** AWS's sentence for one broken constraint, e.g. `Value 'x' at 'role' failed to satisfy constraint: …`. */
export function constraintSentence(at: string, value: string | undefined, constraint: string): string {
  const shown = value === undefined ? "Value" : `Value '${value}'`;
  return `${shown} at '${at}' failed to satisfy constraint: ${constraint}`;
}

/** AWS's message for any number of broken constraints. */
export function constraintsMessage(sentences: string[]): string {
  const errors = sentences.length === 1 ? "1 validation error" : `${sentences.length} validation errors`;
  return `${errors} detected: ${sentences.join("; ")}`;
}
