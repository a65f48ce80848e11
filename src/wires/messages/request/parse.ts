import type * as z from "../../../schema/z.ts";
import { toComplaint } from "../../../anthropic/validation.ts";
import { isObject } from "../../../conversation/json-schema/is-object.ts";
import { type BedrockOpenAIError, invalidRequest } from "../../../errors.ts";

/**
 * A request body as its schema's type.
 * @throws BedrockOpenAIError 400 in the words of Anthropic's API, with the place of the first thing wrong as `param`.
 */
export function parseMessages<T extends z.Schema>(schema: T, body: unknown): z.output<T> {
  if (!isObject(body)) throw invalidRequest("Input should be an object: the JSON body of the request.");
  if (body["thread"] != null) throw noThreads();
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const { message, param } = toComplaint(parsed.error, body);
  throw invalidRequest(message, { param });
}

/** Who took it for granted would send no more than the next turn. Anthropic's client then sends the whole conversation. */
const noThreads = (): BedrockOpenAIError =>
  invalidRequest("thread: conversations are not held here; send all messages, without `thread`.", {
    param: "thread",
    code: "thread_unsupported_request",
  });
