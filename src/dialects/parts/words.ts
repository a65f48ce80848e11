import { textOf } from "../../conversation/text-of.ts";
import type { ContentBlock, JsonObject } from "../../conversation/types.ts";
import { objectsIn, textIn } from "./read-native.ts";

/** What a block says, guarded or not: native bodies guard by headers. Undefined for a block that says nothing. */
export const wordsOf = (block: ContentBlock): string | undefined =>
  block.guardContent?.text?.text ?? textOf(block);

/** The same where a body has no place of its own for what a search has found. */
export const allWordsOf = (block: ContentBlock): string | undefined =>
  wordsOf(block) ?? (block.searchResult && found(block.searchResult));

const found = (result: JsonObject): string => {
  const texts = objectsIn(result, "content").flatMap((part) => textIn(part, "text") ?? []);
  return [`${textIn(result, "title")} (${textIn(result, "source")}):`, ...texts].join(PARAGRAPH);
};

export const PARAGRAPH = "\n\n";

/** What all of them say, as paragraphs. */
export const said = (content: readonly ContentBlock[]): string =>
  content.flatMap((block) => allWordsOf(block) ?? []).join(PARAGRAPH);
