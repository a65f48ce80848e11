import { describe, expect, it } from "vitest";
import { asEvents } from "../../../src/conversation/as-events.ts";
import type { ContentBlock } from "../../../src/conversation/types.ts";
import { encode } from "../../../src/wires/chat/encode.ts";
import { createChatStream } from "../../../src/wires/chat/stream.ts";
import { chunksOf } from "../../support/sse.ts";

const head = { id: "chatcmpl-1", created: 1, model: "m" };
const CONTENT: ContentBlock[] = [
  { reasoningContent: { reasoningText: { text: "hm", signature: "s" } } },
  { reasoningContent: { redactedContent: "AAAA" } },
  { text: "See " },
  { citationsContent: { content: [{ text: "the " }, { text: "source." }] } },
  { toolUse: { toolUseId: "a", name: "f", input: { x: 1 } } },
  { toolUse: { toolUseId: "b", name: "g", input: {} } },
];

describe("an answer that came whole, told as a stream", () => {
  it("says the same, block for block", () => {
    const response = {
      output: { message: { role: "assistant", content: CONTENT } },
      stopReason: "tool_use",
      usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 },
    };
    const { message } = encode([response], head).choices[0]!;
    const stream = createChatStream(head, { includeUsage: true });
    const { chunks } = chunksOf(
      asEvents(response)
        .map((event) => stream.push(event))
        .join("") + stream.end(),
    );
    const deltas = chunks.flatMap((chunk) => chunk.choices[0]?.delta ?? []);
    expect(deltas.map((delta) => delta.content ?? "").join("")).toBe(message.content);
    expect(message.content).toBe("See the source.");
    expect(deltas.map((delta) => delta.reasoning ?? "").join("")).toBe(message.reasoning);
    const calls = deltas.flatMap((delta) => delta.tool_calls ?? []);
    expect(calls.map((call) => call.function!.arguments).join("")).toBe('{"x":1}{}');
    expect(chunks.at(-1)!.usage).toMatchObject({ total_tokens: 3 });
  });
});
