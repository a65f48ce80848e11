import type {
  AssistantReply,
  ChatChoice,
  ChatCompletion,
  ChatCompletionChunk,
  ChatDelta,
  ChunkChoice,
  ReplyToolCall,
  ToolCallDelta,
} from "../../../openai/chat-response.ts";

import { createHeld } from "../../reply/held.ts";

/** The whole answer that a stream tells, as it grows. */
export interface Fold {
  /** @throws BedrockOpenAIError 502 for an answer that has no end. */
  push(chunk: ChatCompletionChunk): void;
  /** Every choice has told how it ended. */
  readonly complete: boolean;
  /** What a request without `stream` would have been answered. */
  completion(): ChatCompletion;
}

type Message = AssistantReply & { content: string; tool_calls: ReplyToolCall[] };

type Growing = Omit<ChatChoice, "message" | "finish_reason"> & {
  message: Message;
  finish_reason: ChatChoice["finish_reason"] | null;
};

/** @param count How many choices there are. */
export function createFold(count: number): Fold {
  const choices = new Map<number, Growing>();
  const hold = createHeld();
  let head: Omit<ChatCompletion, "choices" | "usage"> | undefined;
  let usage: ChatCompletion["usage"];
  const choiceAt = (index: number): Growing => {
    const known = choices.get(index) ?? newChoice(index);
    choices.set(index, known);
    return known;
  };
  return {
    push(chunk) {
      const { choices: said, usage: counted, ...rest } = chunk;
      head = { ...head, ...rest, object: "chat.completion" };
      usage = counted ?? usage;
      for (const piece of said) {
        hold(charactersIn(piece.delta));
        grow(choiceAt(piece.index), piece);
      }
    },
    get complete() {
      return choices.size >= count && [...choices.values()].every((each) => each.finish_reason !== null);
    },
    completion: () => ({
      ...head!,
      choices: [...choices.values()].toSorted((a, b) => a.index - b.index).map(toChoice),
      ...(usage && { usage }),
    }),
  };
}

function charactersIn({ content, reasoning_content: thought, tool_calls: calls = [] }: ChatDelta): number {
  const said = [content, thought, ...calls.map((call) => call.custom?.input ?? call.function?.arguments)];
  return said.reduce((sum, each) => sum + (each?.length ?? 0), 0);
}

const newChoice = (index: number): Growing => ({
  index,
  message: { role: "assistant", content: "", refusal: null, tool_calls: [] },
  logprobs: null,
  finish_reason: null,
});

function grow(choice: Growing, { delta, logprobs, finish_reason: finish }: ChunkChoice): void {
  choice.finish_reason = finish ?? choice.finish_reason;
  if (logprobs)
    choice.logprobs = {
      content: joined(choice.logprobs?.content, logprobs.content),
      refusal: joined(choice.logprobs?.refusal, logprobs.refusal),
    };
  growMessage(choice.message, delta);
}

const joined = <T>(before: T[] | null | undefined, more: T[] | null | undefined): T[] | null =>
  more ? [...(before ?? []), ...more] : (before ?? null);

/** Texts that come in pieces, apart from the answer itself. */
const TEXTS = ["reasoning_content", "reasoning"] as const;

function growMessage(message: Message, delta: ChatDelta): void {
  message.content += delta.content ?? "";
  if (delta.refusal) message.refusal = (message.refusal ?? "") + delta.refusal;
  for (const name of TEXTS) if (delta[name]) message[name] = (message[name] ?? "") + delta[name];
  if (delta.annotations) message.annotations = [...(message.annotations ?? []), ...delta.annotations];
  if (delta.thinking_blocks)
    message.thinking_blocks = [...(message.thinking_blocks ?? []), ...delta.thinking_blocks];
  for (const call of delta.tool_calls ?? []) growCall(message.tool_calls, call);
  if (delta.function_call) {
    const { name = "", arguments: json } = message.function_call ?? { arguments: "" };
    message.function_call = {
      name: name + (delta.function_call.name ?? ""),
      arguments: json + delta.function_call.arguments,
    };
  }
}

function growCall(
  calls: ReplyToolCall[],
  { index, id = "", type, function: called, custom }: ToolCallDelta,
): void {
  calls[index] ??=
    type === "custom"
      ? { id, type, custom: { name: custom?.name ?? "", input: "" } }
      : { id, type: "function", function: { name: called?.name ?? "", arguments: "" } };
  const call = calls[index];
  if (call.type === "custom") call.custom.input += custom?.input ?? "";
  else call.function.arguments += called?.arguments ?? "";
}

function toChoice({
  message: { tool_calls: calls, content, ...message },
  finish_reason,
  ...choice
}: Growing): ChatChoice {
  const isCall = calls.length > 0 || message.function_call !== undefined;
  return {
    ...choice,
    message: {
      ...message,
      content: content === "" && (isCall || message.refusal !== null) ? null : content,
      ...(calls.length > 0 && { tool_calls: calls }),
    },
    finish_reason: finish_reason ?? "stop",
  };
}
