import type { Citation, JsonObject } from "../../conversation/types.ts";
import { rowOf, textIn } from "../parts/read-native.ts";

type Location = NonNullable<Citation["location"]>;

/** Anthropic's kinds of places → Converse's. Source: Anthropic's Messages API reference; aws-bedrock §A.2. */
const LOCATIONS: Readonly<Record<string, (citation: JsonObject) => Location>> = {
  char_location: ({ document_index: documentIndex, start_char_index: start, end_char_index: end }) => ({
    documentChar: { documentIndex, start, end },
  }),
  page_location: ({ document_index: documentIndex, start_page_number: start, end_page_number: end }) => ({
    documentPage: { documentIndex, start, end },
  }),
  content_block_location: ({
    document_index: documentIndex,
    start_block_index: start,
    end_block_index: end,
  }) => ({ documentChunk: { documentIndex, start, end } }),
  search_result_location: ({
    search_result_index: searchResultIndex,
    start_block_index: start,
    end_block_index: end,
  }) => ({ searchResultLocation: { searchResultIndex, start, end } }),
  web_search_result_location: ({ url }) => ({ web: { url: String(url) } }),
};

/** One citation of Anthropic's, as Converse has it. */
export function toCitation(citation: JsonObject): Citation {
  const title = textIn(citation, "title") ?? textIn(citation, "document_title");
  const source = textIn(citation, "source");
  const cited = textIn(citation, "cited_text");
  const location = rowOf(LOCATIONS, textIn(citation, "type"))?.(citation);
  return {
    ...(title !== undefined && { title }),
    ...(source !== undefined && { source }),
    ...(cited !== undefined && { sourceContent: [{ text: cited }] }),
    ...(location && { location }),
  };
}
