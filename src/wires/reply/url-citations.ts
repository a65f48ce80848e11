import type { Citation } from "../../conversation/types.ts";

/** What a piece of an answer rests on, as OpenAI tells it: by address where there is one, otherwise by title. */
export interface UrlCitation {
  start_index: number;
  end_index: number;
  title: string;
  url: string;
}

/** @param start Where the piece begins in the text, and @param end where it ends, in UTF-16 units. */
export const toUrlCitations = (citations: readonly Citation[], start: number, end: number): UrlCitation[] =>
  citations.map(({ title, source, location }) => ({
    start_index: start,
    end_index: end,
    title: title ?? location?.web?.domain ?? "",
    url: location?.web?.url ?? (source?.startsWith("http") ? source : ""),
  }));
