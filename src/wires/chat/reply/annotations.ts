import type { Citation } from "../../../conversation/types.ts";
import type { Annotation } from "../../../openai/chat-response.ts";

/** Citations of a piece of the answer, as OpenAI tells them: by address where there is one, otherwise by title. */
export const toAnnotations = (citations: readonly Citation[], start: number, end: number): Annotation[] =>
  citations.map(({ title, source, location }) => ({
    type: "url_citation",
    url_citation: {
      start_index: start,
      end_index: end,
      title: title ?? location?.web?.domain ?? "",
      url: location?.web?.url ?? (source?.startsWith("http") ? source : ""),
    },
  }));
