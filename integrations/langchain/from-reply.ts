import { AIMessage } from "@langchain/core/messages";
import type { InvalidToolCall, ToolCall } from "@langchain/core/messages/tool";
import type { ChatGeneration, ChatResult } from "@langchain/core/outputs";
import { toBlocks } from "./blocks.ts";
import type { Answered, ChatCompletion } from "../../src/index.ts";
import { type Call, extrasOf, MODEL_PROVIDER, toResponseMetadata } from "./told.ts";
import { toTokenUsage, toUsageMetadata, withUsage } from "./usage.ts";

type Choice = ChatCompletion["choices"][number];
type ReplyToolCall = NonNullable<Choice["message"]["tool_calls"]>[number];

/** `v0`: the content is text, and the rest stands beside it. `v1`: the content is LangChain's content blocks. */
export type OutputVersion = "v0" | "v1";

/** A chat completion as LangChain's result: a generation for each choice, usage with the first of them. */
export function toChatResult(
  { value, ...call }: Answered<ChatCompletion>,
  version: OutputVersion,
): ChatResult {
  return {
    generations: value.choices.map((choice) => toGeneration(value, choice, call, version)),
    ...(value.usage && { llmOutput: { tokenUsage: toTokenUsage(toUsageMetadata(value.usage)) } }),
  };
}

function toGeneration(
  whole: ChatCompletion,
  choice: Choice,
  call: Call,
  version: OutputVersion,
): ChatGeneration {
  const { message, index, finish_reason } = choice;
  const calls = toToolCalls(message.tool_calls ?? []);
  const text = message.content ?? "";
  const { reasoning_content: reasoning, thinking_blocks: thinking, annotations, function_call } = message;
  const blocks = toBlocks({ text, reasoning, thinking, annotations, calls: calls.tool_calls });
  const fields = {
    id: whole.id,
    ...calls,
    content: version === "v1" ? blocks : text,
    additional_kwargs: {
      ...(version === "v0" && reasoning !== undefined && { reasoning_content: reasoning }),
      ...(version === "v0" && thinking && { thinking_blocks: thinking }),
      ...(function_call && { function_call }),
      ...(message.refusal != null && { refusal: message.refusal }),
    },
    response_metadata: {
      model_provider: MODEL_PROVIDER,
      ...toResponseMetadata(whole.model, finish_reason, call),
      ...extrasOf(whole),
      ...(annotations && { annotations }),
      ...(version === "v1" && { output_version: version }),
    },
  };
  return {
    text,
    generationInfo: { finish_reason, ...(choice.logprobs && { logprobs: choice.logprobs }) },
    // Usage is of all choices together.
    message: new AIMessage(withUsage(fields, index === 0 ? whole.usage : undefined)),
  };
}

/** Calls with an object of arguments, and those whose text is none. */
export function toToolCalls(calls: readonly ReplyToolCall[]): {
  tool_calls: ToolCall[];
  invalid_tool_calls: InvalidToolCall[];
} {
  const tool_calls: ToolCall[] = [];
  const invalid_tool_calls: InvalidToolCall[] = [];
  for (const call of calls) {
    const { id } = call;
    if (call.type === "custom") {
      tool_calls.push({ type: "tool_call", id, name: call.custom.name, args: { input: call.custom.input } });
      continue;
    }
    const { name, arguments: text } = call.function;
    const args = objectIn(text);
    if (args) tool_calls.push({ type: "tool_call", id, name, args });
    else
      invalid_tool_calls.push({
        type: "invalid_tool_call",
        id,
        name,
        args: text,
        error: "The arguments are not a JSON object.",
      });
  }
  return { tool_calls, invalid_tool_calls };
}

function objectIn(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
