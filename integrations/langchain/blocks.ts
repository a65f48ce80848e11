import type { AIMessage, AIMessageChunk, ContentBlock } from "@langchain/core/messages";
import type { ChatCompletion } from "../../src/index.ts";

type Reply = ChatCompletion["choices"][number]["message"];
export type ThinkingBlock = NonNullable<Reply["thinking_blocks"]>[number];
export type Annotation = NonNullable<Reply["annotations"]>[number];

/** An answer in parts, as LangChain's content blocks of version 1 are made of it. */
export interface Said {
  text: string;
  reasoning?: string | undefined;
  /** Signed thoughts; where there are any, they hold the whole of `reasoning`. */
  thinking?: readonly ThinkingBlock[] | undefined;
  annotations?: readonly Annotation[] | undefined;
  calls?: AIMessage["tool_calls"];
}

export function toBlocks({
  text,
  reasoning,
  thinking = [],
  annotations = [],
  calls = [],
}: Said): ContentBlock.Standard[] {
  const thoughts: ContentBlock.Standard[] =
    thinking.length === 0 && reasoning ? [{ type: "reasoning", reasoning }] : thinking.map(toReasoningBlock);
  const said = {
    type: "text" as const,
    text,
    ...(annotations.length > 0 && { annotations: annotations.map(toCitation) }),
  };
  return [
    ...thoughts,
    ...(text === "" ? [] : [said]),
    ...calls.map((call) => ({ ...call, type: "tool_call" as const })),
  ];
}

/** The signature stays with its thought, and what is encrypted goes back as it came. */
export const toReasoningBlock = (block: ThinkingBlock): ContentBlock.Standard =>
  block.type === "thinking"
    ? { type: "reasoning", reasoning: block.thinking, signature: block.signature }
    : { type: "non_standard", value: block };

export const toCitation = ({ url_citation: cited }: Annotation): ContentBlock.Citation => ({
  type: "citation",
  url: cited.url,
  title: cited.title,
  startIndex: cited.start_index,
  endIndex: cited.end_index,
});

/** The content blocks of a message whose content is text, or parts of it. */
export function blocksOf(message: AIMessage | AIMessageChunk): ContentBlock.Standard[] {
  const { additional_kwargs: kept, response_metadata: told, content, tool_calls } = message;
  if (typeof content !== "string") return content as ContentBlock.Standard[];
  return toBlocks({
    text: content,
    reasoning: kept["reasoning_content"] as string | undefined,
    thinking: kept["thinking_blocks"] as ThinkingBlock[] | undefined,
    annotations: told["annotations"] as Annotation[] | undefined,
    calls: tool_calls,
  });
}
