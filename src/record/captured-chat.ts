import { isObject } from "../conversation/json-schema/is-object.ts";
import type { JsonObject } from "../conversation/types.ts";
import type { OutputMessage, Part } from "./output-message.ts";
import { append, callPart, reasoningPart, textPart } from "./captured-parts.ts";
import { toFinishReason } from "./finish-reason.ts";

export const choicesOf = (choices: unknown): JsonObject[] =>
  Array.isArray(choices) ? choices.filter(isObject) : [];

type Answer = (choice: JsonObject) => void;

/** Puts OpenAI's choices together by their index, whole ones and those of chunks. */
export function createChatAnswers(open: () => OutputMessage): Answer {
  const answers = new Map<unknown, Answer>();
  return (choice) => {
    const index = choice["index"] ?? 0;
    const answer = answers.get(index) ?? createAnswer(open());
    answers.set(index, answer);
    answer(choice);
  };
}

function createAnswer(message: OutputMessage): Answer {
  const parts = new Map<string, Part>();
  const add = (key: string, text: unknown, make: () => Part): void => {
    const part = parts.get(key) ?? make();
    if (!parts.has(key)) message.parts.push(part);
    parts.set(key, part);
    if (typeof text === "string") append(part, text);
  };
  return ({ message: whole, delta, finish_reason: reason }) => {
    const said = [delta, whole].find(isObject) ?? {};
    const thoughts = said["reasoning_content"] ?? said["reasoning"];
    const words = said["content"] ?? said["refusal"];
    if (thoughts) add("reasoning", thoughts, () => reasoningPart(""));
    if (words) add("text", words, () => textPart(""));
    for (const [position, call] of choicesOf(said["tool_calls"]).entries()) {
      const { name, arguments: args } = isObject(call["function"]) ? call["function"] : {};
      const make = (): Part => callPart(String(call["id"] ?? ""), String(name ?? ""), "");
      add(`call ${String(call["index"] ?? position)}`, args, make);
    }
    if (typeof reason === "string") message.finish_reason = toFinishReason(reason);
  };
}
