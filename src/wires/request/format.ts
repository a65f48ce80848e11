import type { JsonObject, SystemBlock, TextFormat } from "../../conversation/types.ts";
import { invalidRequest } from "../../errors.ts";
import type { ChatRequest } from "../../openai/chat-request.ts";

const JSON_INSTRUCTION: SystemBlock = { text: "Answer with a single JSON object and nothing else." };

export interface DecodedFormat {
  /** `response_format` in Converse's own words; fitting emulates it for the models that lack it. */
  textFormat?: TextFormat;
  /** What the model is told instead, where there is no schema to hold it to. */
  instruction?: SystemBlock;
}

export function decodeFormat({
  response_format: format,
}: Pick<ChatRequest, "response_format">): DecodedFormat {
  if (format?.type === "json_schema") {
    const { name, description, schema } = format.json_schema;
    return { textFormat: textFormat(schema ?? { type: "object" }, name, description) };
  }
  if (format?.type !== "json_object") return {};
  const schema = format.schema ?? format.response_schema;
  return schema ? { textFormat: textFormat(schema) } : { instruction: JSON_INSTRUCTION };
}

/** @throws BedrockOpenAIError 400 for a schema of anything but an object, in OpenAI's words. */
function textFormat(schema: JsonObject, name?: string, description?: string | null): TextFormat {
  const { type } = schema;
  if (typeof type === "string" && type !== "object") {
    throw invalidRequest(
      `Invalid schema for response_format '${(name ?? "").slice(0, 64)}': schema must be a JSON Schema of 'type: "object"', ` +
        `got 'type: "${type.slice(0, 64)}"'.`,
      { code: "invalid_json_schema", param: "response_format" },
    );
  }
  return {
    type: "json_schema",
    structure: {
      jsonSchema: {
        schema: JSON.stringify(schema),
        ...(name && { name }),
        ...(description && { description }),
      },
    },
  };
}
