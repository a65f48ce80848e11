import type { SystemBlock, TextFormat } from "../../conversation/types.ts";
import type { ChatRequest } from "../../openai/chat-request.ts";

const JSON_INSTRUCTION: SystemBlock = { text: "Answer with a single JSON object and nothing else." };

export interface DecodedFormat {
  /** `response_format` in Converse's own words; fitting emulates it for the models that lack it. */
  textFormat?: TextFormat;
  /** What the model is told instead, where there is no schema to hold it to. */
  instruction?: SystemBlock;
}

export function decodeFormat({ response_format: format }: ChatRequest): DecodedFormat {
  if (format?.type === "json_schema") {
    const { name, description, schema } = format.json_schema;
    return { textFormat: textFormat(schema ?? { type: "object" }, name, description) };
  }
  if (format?.type !== "json_object") return {};
  const schema = format.schema ?? format.response_schema;
  return schema ? { textFormat: textFormat(schema) } : { instruction: JSON_INSTRUCTION };
}

const textFormat = (schema: object, name?: string, description?: string | null): TextFormat => ({
  type: "json_schema",
  structure: {
    jsonSchema: {
      schema: JSON.stringify(schema),
      ...(name && { name }),
      ...(description && { description }),
    },
  },
});
