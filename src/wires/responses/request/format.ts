import type { ChatRequest } from "../../../openai/chat-request.ts";
import type { JsonObject } from "../../../conversation/types.ts";
import type { ResponsesRequest } from "../../../openai/responses/request.ts";

interface SchemaFormat {
  type: "json_schema";
  name: string;
  description?: string | null;
  schema: JsonObject;
  strict?: boolean | null;
}

/** `text.format`, which is flat, as chat's `response_format`. */
export function formatOf({ text }: ResponsesRequest): Pick<ChatRequest, "response_format"> {
  const format = text?.format;
  if (!format || format.type === "text") return {};
  if (!isSchema(format)) return { response_format: { type: "json_object" } };
  const { name, description, schema, strict } = format;
  return { response_format: { type: "json_schema", json_schema: { name, description, schema, strict } } };
}

const isSchema = (format: { type: string }): format is SchemaFormat => format.type === "json_schema";
