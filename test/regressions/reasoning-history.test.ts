import { describe, expect, it } from "vitest";
import { CLAUDE, GPT, LLAMA, NEW_CLAUDE, NOVA } from "../support/bedrock.ts";
import { assistant, result, says, toolCall, user, visit, WEATHER } from "./visit.ts";

const at = visit();
const NOVA_2 = "us.amazon.nova-2-lite-v1:0";
const R1 = "us.deepseek.r1-v1:0";
const GROK = "us.xai.grok-4.7";

const reasoningSent = () =>
  at.sent.messages.flatMap(({ content }) => content.flatMap((block) => block.reasoningContent ?? []));

describe("reasoning in a history", () => {
  const signed = { type: "thinking", thinking: " Hm. \n", signature: "c2lnbmVk" };
  const hidden = { type: "redacted_thinking", data: "aGlkZGVu" };
  const replay = async (model: string, more: object, content: unknown = "Four.") => {
    await at.ask({ model, messages: [user("2+2?"), assistant(content, { ...more }), user("Sure?")] });
    return reasoningSent();
  };

  it.each<[string, object, unknown]>([
    ["thinking_blocks", { thinking_blocks: [signed] }, "Four."],
    ["parts", {}, [signed, { type: "text", text: "Four." }]],
    [
      "reasoning_details",
      { reasoning_details: [{ type: "reasoning.text", text: " Hm. \n", signature: "c2lnbmVk" }] },
      "Four.",
    ],
  ])("signed, as %s, goes back without a letter changed (vercel/ai@b0c59e8)", async (_, more, content) => {
    expect(await replay(CLAUDE, more, content)).toEqual([
      { reasoningText: { text: " Hm. \n", signature: "c2lnbmVk" } },
    ]);
    expect(at.sent.messages[1]!.content.at(-1)).toEqual({ text: "Four." });
  });

  it.each([CLAUDE, GPT, GROK])("hidden goes back to %s, which needs it (portkey, bifrost)", async (model) => {
    expect(await replay(model, { thinking_blocks: [hidden] })).toEqual([{ redactedContent: "aGlkZGVu" }]);
  });

  it.each<[string, object]>([
    ["without a signature", { thinking_blocks: [{ type: "thinking", thinking: "Hm." }] }],
    ["with an empty one", { thinking_blocks: [{ ...signed, signature: "" }] }],
    ["as plain text", { reasoning_content: "Hm." }],
    ["as OpenRouter's text", { reasoning: "Hm." }],
  ])(
    "%s is left out, for Claude would refuse it (vercel/ai@a4ecd1c, vercel/ai@bcbaae6, bifrost)",
    async (_, more) => {
      for (const model of [CLAUDE, NEW_CLAUDE]) expect(await replay(model, more)).toEqual([]);
    },
  );

  it("without a signature that was the whole turn leaves no empty turn (vercel/ai@bcbaae6)", async () => {
    expect(await replay(CLAUDE, { reasoning_content: "Hm." }, "")).toEqual([]);
    expect(at.sent.messages).toEqual([{ role: "user", content: [{ text: "2+2?" }, { text: "Sure?" }] }]);
  });

  it.each([NOVA, NOVA_2, LLAMA, R1, GPT, GROK])(
    "of a Claude is no obstacle to %s (litellm#9063)",
    async (model) => {
      expect(await replay(model, { thinking_blocks: [signed], reasoning_content: "Hm." })).toEqual([]);
    },
  );

  it("signed, without a text key, is not a 400 on every later turn (bifrost)", async () => {
    await replay(CLAUDE, { thinking_blocks: [{ type: "thinking", signature: "c2lnbmVk" }, signed] });
    expect(reasoningSent().every(({ reasoningText }) => reasoningText?.text !== undefined)).toBe(true);
  });

  it("whose signature Claude no longer accepts is left out once it says so", async () => {
    const message =
      "The model returned the following errors: messages.1.content.0: Invalid `signature` in `thinking` block";
    at.replies({ error: { name: "ValidationException", message } }, says("ok"));
    expect(await replay(CLAUDE, { thinking_blocks: [signed] })).toEqual([]);
    expect(at.received).toHaveLength(2);
  });

  it("beside a call stands before text and call", async () => {
    const turn = assistant("Let me see.", {
      tool_calls: [toolCall("call_1")],
      thinking_blocks: [signed, hidden],
    });
    await at.ask({ model: CLAUDE, messages: [user("Hi"), turn, result("call_1")], tools: [WEATHER] });
    expect(at.sent.messages[1]!.content.map((block) => Object.keys(block)[0])).toEqual([
      "reasoningContent",
      "reasoningContent",
      "text",
      "toolUse",
    ]);
  });
});
