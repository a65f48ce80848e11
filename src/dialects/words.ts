import { textOf } from "../conversation/text-of.ts";
import type { ContentBlock } from "../conversation/types.ts";

/** What a block says, guarded or not: native bodies guard by headers. Undefined for a block that says nothing. */
export const wordsOf = (block: ContentBlock): string | undefined =>
  block.guardContent?.text?.text ?? textOf(block);

/** What all of them say, as paragraphs. */
export const said = (content: readonly ContentBlock[]): string =>
  content.flatMap((block) => wordsOf(block) ?? []).join("\n\n");
