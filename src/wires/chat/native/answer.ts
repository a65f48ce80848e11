import { isObject } from "../../../conversation/json-schema/is-object.ts";
import type { JsonObject } from "../../../conversation/types.ts";
import { BedrockOpenAIError } from "../../../errors.ts";
import { ownId } from "../../native/call-id.ts";
import { envelope, type Origin, toUsage } from "./envelope.ts";
import { thinksAloud } from "../../native/families.ts";
import { toFinishReason } from "./finish.ts";
import { createThoughtSplitter, inWords, underBothNames } from "./words.ts";

/**
 * AWS's chat completion as OpenAI's clients expect it: the thoughts apart from the text, calls under ids of their own.
 * @throws BedrockOpenAIError 502 for a 200 without a choice.
 */
export function editAnswer(text: string, origin: Origin): JsonObject {
  const answer = parsed(text);
  const { choices } = answer;
  if (!Array.isArray(choices) || choices.length === 0 || !choices.every(isObject))
    throw emptyAnswer(origin.model);
  const usage = toUsage(answer["usage"]);
  return {
    ...envelope(answer, "chat.completion", origin),
    choices: choices.map((choice, index) => editChoice(choice, index, origin)),
    ...(usage && { usage }),
  };
}

const emptyAnswer = (model: string): BedrockOpenAIError =>
  new BedrockOpenAIError(502, `Bedrock returned no message for the model '${model}'.`, {
    type: "server_error",
    code: "empty_response",
  });

function parsed(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

function editChoice(choice: JsonObject, position: number, origin: Origin): JsonObject {
  const message = editMessage(isObject(choice["message"]) ? choice["message"] : {}, origin);
  return {
    logprobs: null,
    ...choice,
    index: choice["index"] ?? position,
    message,
    finish_reason: toFinishReason(choice["finish_reason"], "tool_calls" in message),
  };
}

function editMessage(message: JsonObject, { family, newId }: Origin): JsonObject {
  const { role: _, content, refusal = null, tool_calls: made, ...rest } = message;
  const calls = Array.isArray(made) ? made.filter(isObject).map((call) => editCall(call, newId)) : [];
  const said = typeof content === "string" && thinksAloud(family) ? splitUp(content) : { content };
  const silent = calls.length > 0 || refusal !== null ? null : "";
  return underBothNames({
    ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value != null)),
    ...said,
    role: "assistant",
    content: said.content || silent,
    refusal,
    ...(calls.length > 0 && { tool_calls: calls }),
  });
}

function splitUp(text: string): JsonObject {
  const splitter = createThoughtSplitter();
  return inWords([...splitter.push(text), ...splitter.end()]);
}

function editCall(call: JsonObject, newId: Origin["newId"]): JsonObject {
  const { name, arguments: json } = (isObject(call["function"]) ? call["function"] : {}) as JsonObject;
  return {
    id: ownId(call["id"], newId),
    type: "function",
    function: { name: String(name ?? ""), arguments: argumentsIn(json) || "{}" },
  };
}

/** Arguments are JSON in a text; some hosts send them as they are. */
export const argumentsIn = (json: unknown): string =>
  typeof json === "string" ? json.trim() && json : json == null ? "" : JSON.stringify(json);
