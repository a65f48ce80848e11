import type { ContentBlock } from "./types.ts";

/** What a block says, with or without citations; undefined for a block that says nothing. */
export const textOf = ({ text, citationsContent }: ContentBlock): string | undefined =>
  text ?? citationsContent?.content?.map((part) => part.text ?? "").join("");
