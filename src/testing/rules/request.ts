import type {
  ContentBlock,
  Conversation,
  JsonObject,
  ToolResultBlock,
  ToolSpec,
} from "../../conversation/types.ts";

/** A Converse request that has passed its shape. */
export interface ConverseRequest extends Omit<Conversation, "messages" | "toolConfig"> {
  messages?: RequestMessage[];
  toolConfig?: RequestToolConfig;
  promptVariables?: JsonObject;
}

export interface RequestMessage {
  role: "user" | "assistant" | "system";
  content: RequestBlock[];
}

export interface RequestBlock extends ContentBlock {
  toolAddition?: JsonObject;
  toolRemoval?: JsonObject;
}

export interface RequestToolConfig {
  tools: { toolSpec?: ToolSpec; systemTool?: { name: string }; cachePoint?: JsonObject }[];
  toolChoice?: { auto?: object; any?: object; tool?: { name: string } };
}

/** A document block, whose type the shared wire types leave open. */
export interface DocumentBlock {
  format?: string;
  name: string;
  source: { bytes?: string; text?: string; content?: { text?: string }[]; s3Location?: { uri: string } };
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
  return blocks
    .flatMap((block) => [block.document, ...(block.toolResult?.content ?? []).map(resultDocument)])
    .filter((document) => document !== undefined)
    .map((document) => document as unknown as DocumentBlock);
}

function resultDocument(block: ToolResultBlock & { document?: JsonObject }): JsonObject | undefined {
  return block.document;
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
