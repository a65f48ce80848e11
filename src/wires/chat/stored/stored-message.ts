import type { JsonObject } from "../../../conversation/types.ts";

export type StoredMessage = JsonObject & { id: string };

/** A request's message as it is told of what is kept: content in parts stands apart. */
export function toStoredMessage({ content, ...message }: JsonObject, id: string): StoredMessage {
  const parts = Array.isArray(content) ? content : null;
  return {
    refusal: null,
    name: null,
    ...message,
    id,
    content: parts ? null : (content ?? null),
    content_parts: parts,
  };
}
