import type { ConverseRequest, JsonObject } from "../family.ts";

/** What is answered where any JSON object will do. */
const ANY_OBJECT = { type: "object", properties: { answer: { type: "string" } }, required: ["answer"] };

/** The schema behind a `response_format`; undefined where text is asked for. */
export function schemaOfFormat(format: unknown): JsonObject | undefined {
  const { type, json_schema: given } = (format ?? {}) as {
    type?: string;
    json_schema?: { schema: JsonObject };
  };
  return type === "json_object" ? ANY_OBJECT : given?.schema;
}

/** Converse's words for an answer that follows a schema. */
export function textFormat(schema: JsonObject | undefined): Pick<ConverseRequest, "outputConfig"> {
  if (!schema) return {};
  const jsonSchema = { schema: JSON.stringify(schema) };
  return { outputConfig: { textFormat: { type: "json_schema", structure: { jsonSchema } } } };
}
