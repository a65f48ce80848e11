import type { Citation } from "../../../conversation/types.ts";
import type { Annotation } from "../../../openai/chat-response.ts";
import { toUrlCitations } from "../../reply/url-citations.ts";

/** Citations of a piece of the answer. */
export const toAnnotations = (citations: readonly Citation[], start: number, end: number): Annotation[] =>
  toUrlCitations(citations, start, end).map((url_citation) => ({ type: "url_citation", url_citation }));
