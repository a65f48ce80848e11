import type { ToolCallChunk } from "@langchain/core/messages/tool";
import type { ChatCompletionChunk } from "../../src/index.ts";

type CallDelta = NonNullable<ChatCompletionChunk["choices"][number]["delta"]["tool_calls"]>[number];

/** Id and name stand in the first fragment of a call only; the rest is told apart by its index. */
export function toToolCallChunk(call: CallDelta): ToolCallChunk {
  const { index, id } = call;
  const { name } = call.function ?? call.custom ?? {};
  const args = call.function?.arguments ?? call.custom?.input ?? "";
  return {
    type: "tool_call_chunk",
    index,
    args,
    ...(id !== undefined && { id }),
    ...(name !== undefined && { name }),
    // What LangChain understands as: not JSON, but the one argument `input`.
    ...(call.custom && { isCustomTool: true }),
  };
}
