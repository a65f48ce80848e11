import type { ContentBlock, JsonObject } from "../family.ts";

interface Span {
  documentIndex: number;
  start: number;
  end: number;
}

/** Where in which document a text was found, in Anthropic's words. */
export function writeCitations({ citationsContent }: ContentBlock): JsonObject[] {
  return (citationsContent?.citations ?? []).map(({ title, sourceContent = [], location }) => {
    const { documentIndex = 0, start = 0, end = 0 } = (location?.["documentChar"] ?? {}) as Partial<Span>;
    return {
      type: "char_location",
      cited_text: sourceContent.map(({ text = "" }) => text).join(""),
      document_index: documentIndex,
      document_title: title ?? null,
      start_char_index: start,
      end_char_index: end,
    };
  });
}
