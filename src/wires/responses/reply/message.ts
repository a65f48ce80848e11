import type { Citation } from "../../../conversation/types.ts";
import type { ItemStatus, MessageItem, ResponseAnnotation } from "../../../openai/responses/response.ts";
import { toUrlCitations } from "../../reply/url-citations.ts";
import type { ItemWriter, Place, Write } from "./slot.ts";

export interface MessageWriter extends ItemWriter {
  text(block: number, text: string): void;
  cite(block: number, citation: Citation): void;
  /** The block is complete. */
  stop(block: number): void;
}

/** What is cited of a block is told when the block is complete: then its end is known. */
interface Cited {
  start: number;
  citations: Citation[];
}

/** What the model says, in one part: blocks that follow each other are pieces of one text. */
export function createMessage({ item_id, output_index }: Place, write: Write): MessageWriter {
  const place = { item_id, output_index, content_index: 0 };
  const cited = new Map<number, Cited>();
  const annotations: ResponseAnnotation[] = [];
  let text = "";

  const item = (status: ItemStatus): MessageItem => ({
    id: item_id,
    type: "message",
    status,
    role: "assistant",
    content: [{ type: "output_text", text, annotations: [...annotations], logprobs: [] }],
  });
  const enter = (block: number): Cited => {
    const known = cited.get(block) ?? { start: text.length, citations: [] };
    cited.set(block, known);
    return known;
  };
  const stop = (block: number): void => {
    const { start, citations } = cited.get(block) ?? { start: 0, citations: [] };
    cited.delete(block);
    for (const citation of toUrlCitations(citations, start, text.length)) {
      const annotation: ResponseAnnotation = { type: "url_citation", ...citation };
      write({
        type: "response.output_text.annotation.added",
        ...place,
        annotation_index: annotations.length,
        annotation,
      });
      annotations.push(annotation);
    }
  };

  write({
    type: "response.output_item.added",
    output_index,
    item: { ...item("in_progress"), content: [] },
  });
  write({
    type: "response.content_part.added",
    ...place,
    part: { type: "output_text", text: "", annotations: [], logprobs: [] },
  });
  return {
    item,
    text(block, delta) {
      enter(block);
      text += delta;
      write({ type: "response.output_text.delta", ...place, delta, logprobs: [] });
    },
    cite: (block, citation) => void enter(block).citations.push(citation),
    stop,
    close(status) {
      for (const block of cited.keys()) stop(block);
      write({ type: "response.output_text.done", ...place, text, logprobs: [] });
      const [part] = item(status).content;
      write({ type: "response.content_part.done", ...place, part: part! });
    },
  };
}
