/**
 * What the first `*` of a pattern stands for in a text, as a stretch of it; `*` stands for any characters. The text is looked
 * through once, whatever both hold.
 */
export function matchPattern(pattern: string, text: string): { from: number; to: number } | undefined {
  const [head = "", ...parts] = pattern.split("*");
  if (parts.length === 0) return text === head ? { from: 0, to: 0 } : undefined;
  const tail = parts.pop()!;
  if (!text.startsWith(head) || !text.endsWith(tail) || text.length < head.length + tail.length)
    return undefined;
  let at = head.length;
  let to: number | undefined;
  const end = text.length - tail.length;
  for (const part of parts) {
    const found = text.indexOf(part, at);
    if (found < 0 || found + part.length > end) return undefined;
    to ??= found;
    at = found + part.length;
  }
  return { from: head.length, to: to ?? end };
}
