import { isObject } from "../conversation/json-schema/is-object.ts";
import type { JsonObject } from "../conversation/types.ts";

/** An answer in Anthropic's words, put together as the choice that it would be in chat. */
export interface MessageAnswer {
  event(event: JsonObject): void;
  choice(): JsonObject;
}

interface Call {
  id: unknown;
  function: { name: unknown; arguments: string };
}

export function createMessageAnswer(): MessageAnswer {
  let text = "";
  let thoughts = "";
  let reason: unknown;
  const calls = new Map<unknown, Call>();

  const block = (index: unknown, { type, text: said, thinking, id, name, input }: JsonObject): void => {
    text += textIn(said);
    thoughts += textIn(thinking);
    if (type !== "tool_use") return;
    const isWhole = isObject(input) && Object.keys(input).length > 0;
    calls.set(index, { id, function: { name, arguments: isWhole ? JSON.stringify(input) : "" } });
  };
  const piece = (index: unknown, { text: said, thinking, partial_json: json }: JsonObject): void => {
    text += textIn(said);
    thoughts += textIn(thinking);
    const call = calls.get(index);
    if (call) call.function.arguments += textIn(json);
  };

  return {
    event({ type, index, message, content_block: begun, delta }) {
      if (type === "message_start" && isObject(message)) {
        for (const [at, each] of listIn(message["content"]).entries()) block(at, each);
        reason = message["stop_reason"];
      }
      if (type === "content_block_start" && isObject(begun)) block(index, begun);
      if (type === "content_block_delta" && isObject(delta)) piece(index, delta);
      if (type === "message_delta" && isObject(delta)) reason = delta["stop_reason"];
    },
    choice: () => ({
      message: { content: text, reasoning_content: thoughts, tool_calls: [...calls.values()] },
      finish_reason: reason,
    }),
  };
}

const textIn = (value: unknown): string => (typeof value === "string" ? value : "");

const listIn = (value: unknown): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);
