import type { JsonObject, Usage } from "../family.ts";
import { streamEvents } from "../family.ts";
import type { Written } from "../written.ts";

/** Converse's answer, with Nova's names for what the cache did. */
export function writeNova({ response: { output, stopReason, usage } }: Written): JsonObject {
  const { content } = output.message;
  return {
    output: { message: { content, role: "assistant" } },
    stopReason,
    usage: { ...writeUsage(usage), totalTokens: usage.totalTokens },
  };
}

/** ConverseStream's events, each under its name; the total is left out. */
export function* writeNovaChunks({ response }: Written): Generator<JsonObject> {
  const { usage, stopReason, output } = response;
  for (const event of streamEvents({ output, stopReason, usage })) {
    yield event.metadata ? { metadata: { usage: writeUsage(usage), metrics: {}, trace: {} } } : { ...event };
  }
}

function writeUsage({
  inputTokens,
  outputTokens,
  cacheReadInputTokens,
  cacheWriteInputTokens,
}: Usage): JsonObject {
  return {
    inputTokens,
    outputTokens,
    cacheReadInputTokenCount: cacheReadInputTokens ?? 0,
    cacheWriteInputTokenCount: cacheWriteInputTokens ?? 0,
  };
}
