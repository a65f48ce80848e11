import type { Adjustment } from "../../adjustments.ts";
import type { Fitted } from "../fitting.ts";
import { mapContent, mapped } from "../map-content.ts";
import type { ContentBlock, Conversation, DocumentBlock, ToolResultBlock } from "../types.ts";

const MAX_CHARS = 200;

/** Room for the number that tells two documents of one name apart. */
const MAX_STEM_CHARS = MAX_CHARS - 6;

const BESIDE: Adjustment = {
  param: "messages",
  action: "added",
  reason: "Bedrock wants a text beside a document; a pointer to it was added.",
};

const POINTER: ContentBlock = { text: "See the attached document." };

/**
 * Document names in AWS's alphabet and unique in the request, always the same for the same request, since a name that
 * changes is a prompt that is not cached; and a text beside a lone document, which Bedrock insists on.
 */
export function documents(conversation: Conversation): Fitted {
  const nameOf = createNamer();
  let added = false;
  const fitted = mapContent(conversation, (given) => {
    const content = mapped(given, (block) => {
      if (block.document) return named(block, block.document, nameOf);
      if (!block.toolResult?.content.some((part) => part.document)) return block;
      const parts = mapped(block.toolResult.content, (part) =>
        part.document ? named<ToolResultBlock>(part, part.document, nameOf) : part,
      );
      return { toolResult: { ...block.toolResult, content: parts } };
    });
    const alone = content.some((block) => block.document) && !content.some((block) => block.text?.trim());
    added ||= alone;
    return alone ? [...content, POINTER] : content;
  });
  return { conversation: fitted, adjustments: added ? [BESIDE] : [] };
}

const named = <Block extends ToolResultBlock>(
  block: Block,
  document: DocumentBlock,
  nameOf: (wanted: string) => string,
): Block => ({ ...block, document: { ...document, name: nameOf(document.name) } });

function createNamer(): (wanted: string) => string {
  const taken = new Set<string>();
  return (wanted) => {
    const stem = plain(wanted) || "document";
    let name = stem;
    for (let number = 2; taken.has(name); number += 1) name = `${stem} (${number})`;
    taken.add(name);
    return name;
  };
}

/** Letters, digits, single spaces, hyphens, parentheses and brackets are all that AWS allows. */
const plain = (name: string): string =>
  name
    .slice(0, MAX_CHARS)
    .replaceAll(/[^a-zA-Z0-9()[\]-]+/g, " ")
    .trim()
    .slice(0, MAX_STEM_CHARS)
    .trimEnd();
