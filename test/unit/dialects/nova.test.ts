import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asEvents } from "../../../src/conversation/as-events.ts";
import type { ContentBlock, JsonObject } from "../../../src/conversation/types.ts";
import { nova } from "../../../src/dialects/nova.ts";
import { answer } from "../../support/arbitraries.ts";
import {
  asks,
  assistant,
  effort,
  fields,
  image,
  offers,
  point,
  result,
  S3,
  says,
  system,
  textFormat,
  use,
  user,
  video,
} from "../../support/conversations.ts";
import { bodyFor, messagesFor } from "./body-of.ts";
import { foldChunks, foldEvents, readAll } from "./fold-events.ts";

const body = bodyFor(nova, "amazon.nova-pro-v1:0");
const messages = messagesFor(nova, "amazon.nova-pro-v1:0");

const HEAD = { schemaVersion: "messages-v1", messages: [{ role: "user", content: [{ text: "q" }] }] };

describe("a conversation in Nova's words", () => {
  it("has no empty system prompt, which is refused, and nothing that nobody asked for", () => {
    expect(body(asks())).toEqual(HEAD);
    expect(nova.toBody({ ...asks(), system: [] }, false)).toEqual(HEAD);
  });

  it("keeps zeros, and top_k beside the other numbers", () => {
    const inferenceConfig = { maxTokens: 1, temperature: 0, topP: 0, stopSequences: ["END"] };
    expect(body(asks({ inferenceConfig, ...fields({ top_k: 0 }) }))).toEqual({
      ...HEAD,
      inferenceConfig: { ...inferenceConfig, topK: 0 },
    });
  });

  it("marks what is cached where it stands: Converse's cache point would be a block of its own", () => {
    const told = { ...says(user("q", point(), "r")), ...system("s", point()) };
    const cached = { cachePoint: { type: "default" } };
    expect(body(told)).toEqual({
      schemaVersion: "messages-v1",
      system: [{ text: "s", ...cached }],
      messages: [{ role: "user", content: [{ text: "q", ...cached }, { text: "r" }] }],
    });
  });

  it("shows images and videos, also from S3, and documents as files only", () => {
    const text = { document: { name: "notes", format: "md" as const, source: { text: "hä" } } };
    expect(messages(says(user(image("png", S3), video(), text, "q")))).toEqual([
      {
        role: "user",
        content: [
          image("png", S3),
          video(),
          { document: { name: "notes", format: "md", source: { bytes: "aMOk" } } },
          { text: "q" },
        ],
      },
    ]);
  });

  it("says guarded text plainly", () => {
    const guarded: ContentBlock = { guardContent: { text: { text: "g" } } };
    expect(messages(says(user("q", guarded)))).toEqual([
      { role: "user", content: [{ text: "q" }, { text: "g" }] },
    ]);
  });

  it("calls tools together and hears of them together, also of failures", () => {
    const failed: ContentBlock = {
      toolResult: { toolUseId: "b", content: [{ text: "no" }], status: "error" },
    };
    const calls = assistant(use("a", "f", { x: 1 }), use("b", "g"));
    const results = user(result("a", { json: { n: 0 } }), failed);
    const { toolConfig } = offers("f", "g");
    const sent = body({
      ...says(user("q"), calls, results),
      toolConfig: { ...toolConfig!, toolChoice: { any: {} } },
    });
    expect(sent).toEqual({
      schemaVersion: "messages-v1",
      messages: [user("q"), calls, results],
      toolConfig: { ...toolConfig, toolChoice: { any: {} } },
    });
  });

  it("answers by a hidden tool where a schema is to hold it", () => {
    const outputConfig = { textFormat: textFormat({ type: "object", properties: {} }, "x") };
    expect(body(asks({ outputConfig }))).toMatchObject({
      toolConfig: { toolChoice: { tool: { name: "x" } } },
    });
  });

  it("thinks by reasoningConfig, beside which high effort leaves nothing to choose", () => {
    const inferenceConfig = { maxTokens: 9, temperature: 0 };
    const sent = bodyFor(
      nova,
      "amazon.nova-2-lite-v1:0",
    )({ ...asks({ inferenceConfig }), ...effort("high") });
    expect(sent).toEqual({ ...HEAD, reasoningConfig: { type: "enabled", maxReasoningEffort: "high" } });
  });
});

describe("Nova's answer", () => {
  const output = { message: { role: "assistant", content: [{ text: "hi" }, use("a")] } };

  it.each([
    {
      inputTokens: 10,
      outputTokens: 5,
      cacheReadInputTokens: 60,
      cacheWriteInputTokens: 30,
      totalTokens: 105,
    },
    {
      inputTokenCount: 10,
      outputTokenCount: 5,
      cacheReadInputTokenCount: 60,
      cacheWriteInputTokenCount: 30,
    },
  ])("is Converse's, whatever its counts are called: %j", (usage) => {
    expect(nova.toAnswer({ output, stopReason: "tool_use", usage })).toEqual({
      content: output.message.content,
      stopReason: "tool_use",
      usage: {
        inputTokens: 10,
        outputTokens: 5,
        totalTokens: 105,
        cacheReadInputTokens: 60,
        cacheWriteInputTokens: 30,
      },
    });
  });

  it.each([{}, { output: {} }, { message: "no" }])("is not %j", (other) => {
    expect(nova.toAnswer(other)).toBeUndefined();
  });

  it("streams as ConverseStream does: what is in a chunk comes out", () => {
    fc.assert(
      fc.property(answer, ({ content, stopReason, usage }) => {
        const counted = { ...usage, totalTokens: usage.inputTokens + usage.outputTokens };
        const events = asEvents({ output: { message: { content } }, stopReason, usage: counted });
        const folded = foldChunks(nova, events as JsonObject[]);
        const { usage: _, ...expected } = foldEvents(events);
        expect(folded).toMatchObject(expected);
        expect(folded.usage?.outputTokens).toBe(usage.outputTokens);
      }),
    );
  });

  it("announces nothing but calls", () => {
    const chunks = [{ contentBlockStart: { contentBlockIndex: 0, start: {} } }];
    expect(readAll(nova, chunks)).toEqual([]);
  });

  it("throws what a chunk reports instead of an event", () => {
    expect(() => readAll(nova, [{ throttlingException: { message: "slow down" } }])).toThrow(
      expect.objectContaining({ name: "ThrottlingException", message: "slow down" }),
    );
  });
});
