import type {
  ContentBlock,
  Conversation,
  DocumentBlock,
  JsonObject,
  Message,
  ToolSpec,
} from "../../conversation/types.ts";

/** A Converse request that has passed its shape. */
export interface ConverseRequest extends Omit<Conversation, "messages"> {
  messages?: RequestMessage[];
  promptVariables?: JsonObject;
}

export interface RequestMessage extends Message {
  content: RequestBlock[];
}

export interface RequestBlock extends ContentBlock {
  toolAddition?: JsonObject;
  toolRemoval?: JsonObject;
}

/** A block with its address in AWS's words, e.g. `messages.0.content.1`. */
export interface PlacedBlock {
  block: RequestBlock;
  at: string;
  role: RequestMessage["role"];
  messageIndex: number;
  index: number;
}

export function placedBlocks(request: ConverseRequest): PlacedBlock[] {
  return (request.messages ?? []).flatMap(({ role, content }, messageIndex) =>
    content.map((block, index) => {
      const at = `messages.${messageIndex}.content.${index}`;
      return { block, at, role, messageIndex, index };
    }),
  );
}

/** All documents, those inside tool results too. */
export function documentBlocks(blocks: readonly RequestBlock[]): DocumentBlock[] {
  return blocks.flatMap((block) =>
    [block, ...(block.toolResult?.content ?? [])].flatMap(({ document }) => document ?? []),
  );
}

export function toolSpecs(request: ConverseRequest): ToolSpec[] {
  return (request.toolConfig?.tools ?? []).flatMap(({ toolSpec }) => (toolSpec ? [toolSpec] : []));
}

/** `additionalModelRequestFields`, or nothing when it is not an object. */
export function additionalFields(request: ConverseRequest): JsonObject {
  const fields: unknown = request.additionalModelRequestFields;
  return isObject(fields) ? fields : {};
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
