import type { RequestMessage } from "../rules/request.ts";

/** Turns that follow each other and have the same speaker become one. */
export function joinTurns(messages: readonly RequestMessage[]): RequestMessage[] {
  const joined: RequestMessage[] = [];
  for (const { role, content } of messages) {
    const last = joined.at(-1);
    if (last?.role === role) last.content.push(...content);
    else joined.push({ role, content: [...content] });
  }
  return joined;
}
