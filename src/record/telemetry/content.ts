import { isObject } from "../../conversation/json-schema/is-object.ts";
import type { JsonObject } from "../../conversation/types.ts";
import type { Part } from "../output-message.ts";
import { callPart, reasoningPart, textPart } from "../captured-parts.ts";
import type { CallRecord } from "../record.ts";
import { asMessages } from "./input-items.ts";
import type { Attributes } from "./otel.ts";

/** What was asked. Source: the JSON schema of input messages in the conventions; a span holds it as text. */
export function inputMessages({
  operation,
  request = {},
}: Pick<CallRecord, "operation" | "request">): Attributes {
  const { messages, prompt } = request;
  const said = Array.isArray(messages) ? messages.filter(isObject) : [];
  // Embeddings have an input too, which is no conversation.
  const items = operation === "chat" && said.length === 0 ? asMessages(request) : said;
  const asked = items.length > 0 ? items.map(toMessage) : prompts(prompt);
  return asked.length === 0 ? {} : { "gen_ai.input.messages": JSON.stringify(asked) };
}

export const outputMessages = ({ captured }: Pick<CallRecord, "captured">): Attributes =>
  captured && captured.messages.length > 0
    ? { "gen_ai.output.messages": JSON.stringify(captured.messages) }
    : {};

interface Message {
  role: string;
  parts: Part[];
}

const prompts = (prompt: unknown): Message[] =>
  (Array.isArray(prompt) ? prompt : [prompt])
    .filter((text): text is string => typeof text === "string")
    .map((text) => ({ role: "user", parts: [textPart(text)] }));

function toMessage(message: JsonObject): Message {
  const { role, content, tool_calls: calls, reasoning_content: thoughts } = message;
  if (role === "tool" || role === "function")
    return {
      role: "tool",
      parts: [{ type: "tool_call_response", id: message["tool_call_id"] ?? null, response: told(content) }],
    };
  return {
    role: String(role),
    parts: [
      ...(typeof thoughts === "string" ? [reasoningPart(thoughts)] : []),
      ...toParts(content),
      ...(Array.isArray(calls) ? calls.filter(isObject).map(toCall) : []),
    ],
  };
}

const toParts = (content: unknown): Part[] =>
  typeof content === "string"
    ? [textPart(content)]
    : (Array.isArray(content) ? content.filter(isObject) : []).map(toPart);

/** A file is named and left out: a span is no place for megabytes. */
function toPart({ type, text, image_url: image }: JsonObject): Part {
  if (typeof text === "string") return textPart(text);
  const uri = isObject(image) ? image["url"] : image;
  if (typeof uri === "string" && /^https?:/.test(uri)) return { type: "uri", modality: "image", uri };
  return { type: String(type) };
}

const told = (content: unknown): unknown => (typeof content === "string" ? content : toParts(content));

function toCall({ id, function: called, custom }: JsonObject): Part {
  const { name, arguments: args, input } = [called, custom].find(isObject) ?? {};
  return callPart(String(id ?? ""), String(name ?? ""), args ?? input);
}
