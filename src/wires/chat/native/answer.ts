import { isObject } from "../../../conversation/json-schema/is-object.ts";
import type { JsonObject } from "../../../conversation/types.ts";
import { createTagSplitter, type TagSplitter } from "../../../dialects/tag-splitter.ts";
import { BedrockOpenAIError } from "../../../errors.ts";

/** What gpt-oss writes before its answer on `bedrock-runtime`. */
const THOUGHTS = { open: "<reasoning>", close: "</reasoning>" };

/** Models whose answers begin with their thoughts. */
export const thinksAloud = (family: string): boolean => family.startsWith("openai.gpt-oss");

/**
 * AWS's chat completion as OpenAI's clients expect it: the thoughts apart from the text, calls under ids of their own.
 * @throws BedrockOpenAIError 502 for a 200 without a choice.
 */
export function editAnswer(
  text: string,
  { model, family, newId }: { model: string; family: string; newId: (prefix: string) => string },
): JsonObject {
  const answer: unknown = JSON.parse(text);
  const choices =
    isObject(answer) && Array.isArray(answer["choices"]) ? (answer["choices"] as JsonObject[]) : [];
  if (!isObject(answer) || choices.length === 0)
    throw new BedrockOpenAIError(502, `Bedrock returned no message for the model '${model}'.`, {
      type: "server_error",
      code: "empty_response",
    });
  return {
    ...answer,
    model,
    choices: choices.map((choice) => editChoice(choice, family, newId)),
  };
}

const editChoice = (choice: JsonObject, family: string, newId: (prefix: string) => string): JsonObject => ({
  logprobs: null,
  ...choice,
  message: editMessage((choice["message"] ?? {}) as JsonObject, family, newId),
});

function editMessage(message: JsonObject, family: string, newId: (prefix: string) => string): JsonObject {
  const calls = message["tool_calls"];
  const edited: JsonObject = {
    refusal: null,
    ...message,
    ...(Array.isArray(calls) && { tool_calls: calls.map((call: JsonObject) => withOwnId(call, newId)) }),
  };
  const { content } = message;
  if (!thinksAloud(family) || typeof content !== "string") return edited;
  const splitter = createTagSplitter(THOUGHTS);
  return { ...edited, content: "", ...delta([...splitter.push(content), ...splitter.end()]) };
}

/** `call_0` would be the same call in every turn. */
export const withOwnId = (call: JsonObject, newId: (prefix: string) => string): JsonObject =>
  /^call_?\d{0,3}$/.test(String(call["id"] ?? "call")) ? { ...call, id: newId("call_") } : call;

/** Pieces of an answer in the words of a message or of a delta. */
function delta(pieces: ReturnType<TagSplitter["push"]>): JsonObject {
  const of = (kind: string): string =>
    pieces
      .filter((piece) => piece.kind === kind)
      .map((piece) => piece.text)
      .join("");
  const reasoning = of("reasoning");
  const content = of("text");
  return {
    ...(content !== "" && { content }),
    ...(reasoning !== "" && { reasoning_content: reasoning, reasoning }),
  };
}

export interface ChunkEditor {
  /** The chunk as it goes to the caller; undefined for one that says nothing. */
  push(text: string): string | undefined;
  /** The answer has said how it ended. */
  readonly complete: boolean;
}

export function createChunkEditor(family: string): ChunkEditor {
  const splitter = thinksAloud(family) ? createTagSplitter(THOUGHTS) : undefined;
  let complete = false;

  const split = (choice: JsonObject): JsonObject => {
    const said = (choice["delta"] ?? {}) as JsonObject;
    const { content, ...rest } = said;
    const ends = choice["finish_reason"] != null;
    if (!splitter || (typeof content !== "string" && !ends)) return choice;
    const pieces = [
      ...splitter.push(typeof content === "string" ? content : ""),
      ...(ends ? splitter.end() : []),
    ];
    return { ...choice, delta: { ...rest, ...(content === "" && { content }), ...delta(pieces) } };
  };

  return {
    get complete() {
      return complete;
    },
    push(text) {
      const chunk: unknown = JSON.parse(text);
      if (!isObject(chunk)) return undefined;
      const choices = Array.isArray(chunk["choices"]) ? (chunk["choices"] as JsonObject[]) : [];
      complete ||= choices.some((choice) => choice["finish_reason"] != null);
      // AWS has been seen to send chunks that hold nothing.
      if (!Array.isArray(chunk["choices"]) && chunk["usage"] == null) return undefined;
      if (Array.isArray(chunk["choices"]) && !splitter) return text;
      return JSON.stringify({ ...chunk, choices: choices.map(split) });
    },
  };
}
