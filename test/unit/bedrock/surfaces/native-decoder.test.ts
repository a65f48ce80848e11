import { describe, expect, it } from "vitest";
import { createNativeDecoder } from "../../../../src/bedrock/surfaces/native-decoder.ts";
import type { Conversation, ConverseStreamEvent, JsonObject } from "../../../../src/conversation/types.ts";
import type { Dialect } from "../../../../src/dialects/dialect.ts";
import { dialectOf } from "../../../../src/dialects/dialects.ts";
import { asks, assistant, says, user } from "../../../support/conversations.ts";

const LLAMA = dialectOf("meta.llama3-8b-instruct-v1:0")!;
const LLAMA_2 = dialectOf("meta.llama2-70b-chat-v1")!;
const R1 = dialectOf("deepseek.r1-v1:0")!;

interface Decoded {
  events: ConverseStreamEvent[];
  complete: boolean;
}

function decoded(
  chunks: readonly JsonObject[],
  { dialect = LLAMA, conversation = asks() }: { dialect?: Dialect; conversation?: Conversation } = {},
): Decoded {
  const decoder = createNativeDecoder(dialect, conversation);
  const events: ConverseStreamEvent[] = [];
  for (const chunk of chunks) decoder.chunk(chunk, events);
  return { complete: decoder.end(events), events };
}

const say = (generation: string, stop_reason: string | null = null): JsonObject => ({
  generation,
  stop_reason,
});
const METRICS = {
  "amazon-bedrock-invocationMetrics": { inputTokenCount: 9, outputTokenCount: 8, invocationLatency: 5 },
};
const BLOCKED = { "amazon-bedrock-guardrailAction": "INTERVENED" };

describe("native chunks", () => {
  it("are told one by one, and how it ended and what it cost at the end, once", () => {
    const counted = { ...say("", "stop"), prompt_token_count: 2, generation_token_count: 1 };
    const { events, complete } = decoded([say("H"), say("i"), counted, { ...METRICS }]);
    expect(complete).toBe(true);
    expect(events).toEqual([
      { messageStart: { role: "assistant" } },
      { contentBlockDelta: { contentBlockIndex: 0, delta: { text: "H" } } },
      { contentBlockDelta: { contentBlockIndex: 0, delta: { text: "i" } } },
      { contentBlockStop: { contentBlockIndex: 0 } },
      { messageStop: { stopReason: "end_turn" } },
      {
        metadata: { usage: { inputTokens: 2, outputTokens: 1, totalTokens: 3 }, metrics: { latencyMs: 5 } },
      },
    ]);
  });

  it("count by AWS's metrics where the body counts nothing", () => {
    const { events } = decoded([say("Hi", "stop"), METRICS]);
    expect(events.at(-1)!.metadata!.usage).toEqual({ inputTokens: 9, outputTokens: 8, totalTokens: 17 });
  });

  it("count nothing where nobody does", () => {
    const { events } = decoded([say("Hi", "stop")]);
    expect(events.at(-1)).toEqual({
      metadata: { usage: { inputTokens: 0, outputTokens: 0, totalTokens: 0 } },
    });
  });

  it.each([[[]], [[say("Hi")]], [[say("Hi"), METRICS]]])("that do not end are no answer: %j", (chunks) => {
    const { complete, events } = decoded(chunks);
    expect(complete).toBe(false);
    expect(events.some((event) => event.messageStop ?? event.metadata)).toBe(false);
  });

  it("have what the caller pointed at, from whichever chunk has it last", () => {
    const conversation = asks({ additionalModelResponseFieldPaths: ["/stop_reason", "/none"] });
    const { events } = decoded([say("Hi"), say("", "length")], { conversation });
    expect(events.at(-2)).toEqual({
      messageStop: { stopReason: "max_tokens", additionalModelResponseFields: { stop_reason: "length" } },
    });
  });

  it("keep the blank with which they go on with the model's own words", () => {
    const begun = says(user("q"), assistant("The answer is"));
    const words = ({ events }: Decoded): string =>
      events.map((event) => event.contentBlockDelta?.delta.text ?? "").join("");
    const chunks = [say(" 42"), say("", "stop")];
    expect(words(decoded(chunks, { dialect: LLAMA_2, conversation: begun }))).toBe(" 42");
    expect(words(decoded(chunks, { dialect: LLAMA_2 }))).toBe("42");
  });
});

describe("a guardrail", () => {
  it("has the last word, whichever chunk has its verdict, and its trace is told", () => {
    const trace = { guardrail: { a: 1 } };
    const verdict = { ...BLOCKED, "amazon-bedrock-trace": trace };
    for (const chunks of [
      [say("no"), { ...say("", "stop"), ...verdict }],
      [{ ...say("no"), ...verdict }, say("", "stop")],
      [say("no", "stop"), verdict],
    ]) {
      const { events } = decoded(chunks);
      expect(events.at(-2)).toEqual({ messageStop: { stopReason: "guardrail_intervened" } });
      expect(events.at(-1)).toMatchObject({ metadata: { trace } });
    }
  });

  it("ends an answer that does not end by itself", () => {
    expect(decoded([{ ...say("no"), ...BLOCKED }]).complete).toBe(true);
  });

  it("speaks aloud, once, also where the prompt has opened the thoughts", () => {
    const said = (text: string, stop_reason: string | null = null): JsonObject => ({
      choices: [{ text, stop_reason }],
      ...BLOCKED,
    });
    const { events } = decoded([said("Sorry"), said("."), said("", "stop")], { dialect: R1 });
    expect(events.map((event) => event.contentBlockDelta?.delta.text ?? "").join("")).toBe("Sorry.");
  });
});

it("an error in a chunk is thrown by its name", () => {
  expect(() => decoded([{ error: { type: "rate_limit_error", message: "slow" } }])).toThrow(
    expect.objectContaining({ name: "ThrottlingException", message: "slow" }),
  );
});
