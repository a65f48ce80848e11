import type { Adjustment } from "../../adjustments.ts";
import { isObject } from "../json-schema/is-object.ts";
import { type Fitted, unchanged } from "../fitting.ts";
import type { Traits } from "../traits.ts";
import type { ContentBlock, Conversation, JsonObject } from "../types.ts";

const AS_TEXT: Adjustment = {
  param: "messages",
  action: "emulated",
  reason: "Search results that cannot be cited here are sent as text.",
};

/**
 * Search results as text, with their titles and addresses, for the models that have no blocks for them. Of a failure Claude
 * reads nothing but text either.
 */
export function searchResults(conversation: Conversation, { searchResults: takes }: Traits): Fitted {
  const isRefused = ({ toolResult, searchResult }: ContentBlock): boolean =>
    takes
      ? toolResult?.status === "error" && toolResult.content.some(holdsOne)
      : Boolean(searchResult ?? toolResult?.content.some(holdsOne));
  if (!conversation.messages.some(({ content }) => content.some(isRefused))) return unchanged(conversation);
  const messages = conversation.messages.map((message) => ({
    ...message,
    content: message.content.map((block) => (isRefused(block) ? told(block) : block)),
  }));
  return { conversation: { ...conversation, messages }, adjustments: [AS_TEXT] };
}

interface Block {
  searchResult?: JsonObject;
}

const holdsOne = ({ searchResult }: Block): boolean => searchResult !== undefined;

const told = ({ toolResult, ...block }: ContentBlock): ContentBlock =>
  toolResult ? { toolResult: { ...toolResult, content: toolResult.content.map(asText) } } : asText(block);

function asText<B extends Block>(block: B): B | { text: string } {
  const { searchResult: result } = block;
  if (!result) return block;
  const parts = Array.isArray(result["content"]) ? result["content"].filter(isObject) : [];
  const said = parts.map(({ text }) => String(text ?? "")).join("\n");
  return { text: `${String(result["title"])}\n${String(result["source"])}\n\n${said}` };
}
