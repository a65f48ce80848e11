import type * as z from "../schema/z.ts";
import { isObject } from "../conversation/json-schema/is-object.ts";
import { invalidRequest } from "../errors.ts";
import { toComplaint } from "../openai/validation.ts";

/**
 * A request body as its schema's type.
 * @throws BedrockOpenAIError 400 in OpenAI's words, with the path of the first thing wrong as `param`.
 */
export function parseRequest<T extends z.Schema>(schema: T, body: unknown): z.output<T> {
  if (isObject(body) && (body["model"] ?? "") === "") {
    throw invalidRequest("you must provide a model parameter");
  }
  return parseBody(schema, body);
}

/** The same for requests that no model answers. */
export function parseBody<T extends z.Schema>(schema: T, body: unknown): z.output<T> {
  if (!isObject(body)) throw invalidRequest("The JSON body of the request must be an object.");
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const { message, code, param } = toComplaint(parsed.error, body);
  throw invalidRequest(message, { code, param });
}
