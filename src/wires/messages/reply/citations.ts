import type { ReplyCitation } from "../../../anthropic/response.ts";
import { isObject } from "../../../conversation/json-schema/is-object.ts";
import type { Citation } from "../../../conversation/types.ts";

/** A citation as Anthropic tells it, by where it points; undefined for one that points nowhere. */
export function toCitation({ title, source, sourceContent, location }: Citation): ReplyCitation | undefined {
  const cited_text = (sourceContent ?? []).map(({ text }) => text ?? "").join("");
  const name = title ?? null;
  const { web, searchResultLocation: found } = location ?? {};
  for (const [kind, write] of Object.entries(IN_DOCUMENTS)) {
    const place = location?.[kind];
    if (!isObject(place)) continue;
    const document_index = whole(place["documentIndex"]);
    const [start, end] = [whole(place["start"]), whole(place["end"])];
    return { ...write(start, end), cited_text, document_index, document_title: name, file_id: null };
  }
  if (isObject(found))
    return {
      type: "search_result_location",
      cited_text,
      search_result_index: whole(found["searchResultIndex"]),
      source: source ?? "",
      title: name,
      start_block_index: whole(found["start"]),
      end_block_index: whole(found["end"]),
    };
  const url = web?.url ?? (source?.startsWith("http") ? source : undefined);
  if (url === undefined) return undefined;
  return {
    type: "web_search_result_location",
    cited_text,
    url,
    title: name ?? web?.domain ?? null,
    encrypted_index: "",
  };
}

/** Converse's places in a document → Anthropic's. */
const IN_DOCUMENTS = {
  documentChar: (start: number, end: number) => ({
    type: "char_location" as const,
    start_char_index: start,
    end_char_index: end,
  }),
  documentPage: (start: number, end: number) => ({
    type: "page_location" as const,
    start_page_number: start,
    end_page_number: end,
  }),
  documentChunk: (start: number, end: number) => ({
    type: "content_block_location" as const,
    start_block_index: start,
    end_block_index: end,
  }),
};

const whole = (value: unknown): number => (typeof value === "number" ? value : 0);
