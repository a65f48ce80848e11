import { describe, expect, it } from "vitest";
import type { ContentBlock } from "../../src/conversation/types.ts";
import { CLAUDE, GPT, LLAMA, NEW_CLAUDE, NOVA } from "../support/bedrock.ts";
import { assistant, callsTool, result, says, toolCall, user, visit, WEATHER } from "./visit.ts";

const at = visit();
const OPUS_4_6 = "us.anthropic.claude-opus-4-6-v1";
const CLAUDE_3_7 = "us.anthropic.claude-3-7-sonnet-20250219-v1:0";
const NOVA_2 = "us.amazon.nova-2-lite-v1:0";
const GPT_OSS = "openai.gpt-oss-120b-1:0";
const R1 = "us.deepseek.r1-v1:0";
const GROK = "converse/us.xai.grok-4.7";
const THOUGHTFUL = [CLAUDE, CLAUDE_3_7, OPUS_4_6, NEW_CLAUDE, NOVA_2, GPT_OSS, GPT, GROK];

const thought = (text: string, signature = "c2lnbmVk"): ContentBlock => ({
  reasoningContent: { reasoningText: { text, signature } },
});
const reasoningSent = () =>
  at.sent.messages.flatMap(({ content }) => content.flatMap((block) => block.reasoningContent ?? []));

describe("what a model thinks", () => {
  it.each([CLAUDE, NEW_CLAUDE, GPT_OSS, R1, "moonshot.kimi-k2-thinking"])(
    "stands in reasoning_content, a plain string, and never in the content (bedrock-access-gateway#116, bedrock-access-gateway#117, bedrock-access-gateway#200, litellm#8777, ai-gateway#2319, ai-gateway#2524): %s",
    async (model) => {
      const effort = model === R1 ? {} : { reasoning_effort: "low" };
      for (const stream of [false, true]) {
        const { content, reasoning } = await at.ask({ model, ...effort }, stream);
        expect(reasoning).toContain("The user wrote");
        expect(content).not.toMatch(/The user wrote|<think/);
      }
    },
  );

  it("makes no chunk where there is none of it (langchainjs#7826)", async () => {
    const delta = (part: object) => ({
      contentBlockDelta: { contentBlockIndex: 0, delta: { reasoningContent: part } },
    });
    at.replies({
      events: [
        { messageStart: { role: "assistant" } },
        delta({ text: "" }),
        delta({}),
        delta({ text: "Hm." }),
        delta({ signature: "" }),
        { contentBlockStop: { contentBlockIndex: 0 } },
        { messageStop: { stopReason: "end_turn" } },
      ],
    });
    const { chunks } = await at.chunks({ model: CLAUDE });
    const deltas = chunks.flatMap((chunk) => chunk.choices.map((choice) => choice.delta));
    expect(deltas.filter((each) => "reasoning_content" in each || "thinking_blocks" in each)).toEqual([
      { reasoning_content: "Hm.", reasoning: "Hm." },
    ]);
  });

  it("that is hidden comes in pieces of base64 and is one again (vercel/ai@aabc617)", async () => {
    const data = Buffer.from("encrypted thoughts, longer than one piece of it is").toString("base64");
    const content = [{ reasoningContent: { redactedContent: data } }, { text: "Four." }];
    for (const answer of await at.askBoth({ model: GPT }, { content })) {
      expect(answer.thinking).toEqual([{ type: "redacted_thinking", data }]);
      expect([answer.content, answer.reasoning]).toEqual(["Four.", ""]);
    }
  });

  it("keeps its signature when it has no text (litellm#38809)", async () => {
    for (const answer of await at.askBoth({ model: CLAUDE }, { content: [thought(""), { text: "Four." }] })) {
      expect(answer.thinking).toEqual([{ type: "thinking", thinking: "", signature: "c2lnbmVk" }]);
      await at.ask({
        model: CLAUDE,
        messages: [user("Hi"), assistant("Four.", { thinking_blocks: answer.thinking }), user("Sure?")],
      });
      expect(reasoningSent()).toEqual([thought("").reasoningContent]);
    }
  });
});

describe("how much a model is to think", () => {
  it.each(THOUGHTFUL)(
    "is told to %s in words that it takes (litellm#8777, vercel/ai@c2871e6, vercel/ai@a10bf62)",
    async (model) => {
      for (const reasoning_effort of ["none", "minimal", "low", "medium", "high", "xhigh"])
        for (const stream of [false, true])
          await at.ask({ model, reasoning_effort, temperature: 0.5, top_p: 0.9 }, stream);
      await at.ask({ model, thinking: { type: "enabled", budget_tokens: 2000 } });
      await at.ask({ model, reasoning: { effort: "low" } });
      expect(at.received.map(({ status }) => status).filter((status) => status !== 200)).toEqual([]);
    },
  );

  it.each([LLAMA, NOVA])("is dropped with a note where nothing can be told (%s)", async (model) => {
    const { adjustments } = await at.ask({ model, reasoning_effort: "high" });
    expect(at.sent.additionalModelRequestFields).toBeUndefined();
    expect(adjustments).toContainEqual(
      expect.objectContaining({ param: "reasoning_effort", action: "dropped" }),
    );
  });

  it.each([100, 1024, 1500, 4096])(
    "leaves room for an answer under a limit of %i (bedrock-access-gateway#237, bedrock-access-gateway#241)",
    async (max_tokens) => {
      for (const model of [CLAUDE, CLAUDE_3_7]) {
        const { content } = await at.ask({ model, max_tokens, reasoning_effort: "high" });
        const { thinking } = (at.sent.additionalModelRequestFields ?? {}) as {
          thinking?: { budget_tokens: number };
        };
        if (thinking) expect(thinking.budget_tokens).toBeLessThan(max_tokens);
        expect(at.sent.inferenceConfig!.maxTokens).toBe(max_tokens);
        expect(content).not.toBe("");
      }
    },
  );

  it("with a forced tool leaves the choice to the model instead of failing (vercel/ai#11227)", async () => {
    for (const model of [CLAUDE, OPUS_4_6]) {
      const { adjustments } = await at.ask({
        model,
        tools: [WEATHER],
        tool_choice: "required",
        reasoning_effort: "low",
      });
      expect(at.sent.toolConfig!.toolChoice).toEqual({ auto: {} });
      expect(adjustments).toContainEqual(expect.objectContaining({ param: "tool_choice" }));
    }
  });

  it("beside response_format still ends in the answer asked for", async () => {
    const schema = {
      type: "object",
      properties: { n: { type: "number" } },
      required: ["n"],
      additionalProperties: false,
    };
    const response_format = { type: "json_schema", json_schema: { name: "n", schema } };
    for (const model of [CLAUDE, CLAUDE_3_7, NEW_CLAUDE, NOVA_2])
      for (const stream of [false, true]) {
        const answer = await at.ask({ model, reasoning_effort: "low", response_format }, stream);
        expect(JSON.parse(answer.content)).toEqual({ n: 1 });
        expect([answer.calls, answer.finish]).toEqual([[], "stop"]);
      }
  });
});

describe("betas", () => {
  const BETA = "interleaved-thinking-2025-05-14";

  it("go into the body, beside what else goes there (bedrock-access-gateway#164, vercel/ai@0a6fd91)", async () => {
    await at.ask({ model: CLAUDE, anthropic_beta: [BETA], reasoning_effort: "low", top_k: 5 });
    expect(at.sent.additionalModelRequestFields).toMatchObject({
      anthropic_beta: [BETA],
      thinking: { type: "enabled" },
    });
  });

  it("of a header do too (vercel/ai@0a6fd91)", async () => {
    const request = new Request("http://localhost/v1/chat/completions", {
      method: "POST",
      headers: { "content-type": "application/json", "anthropic-beta": `${BETA}, other-beta` },
      body: JSON.stringify({ model: CLAUDE, messages: [user("Hi")] }),
    });
    expect((await at.house.handler(request)).status).toBe(200);
    expect(at.sent.additionalModelRequestFields).toEqual({ anthropic_beta: [BETA, "other-beta"] });
  });

  it.each([NOVA, GPT, LLAMA])(
    "that a model cannot know are not sent to it (ai-gateway#2512): %s",
    async (model) => {
      await at.ask({ model, anthropic_beta: ["nobody-knows-this"] });
      expect(at.sent.additionalModelRequestFields).toBeUndefined();
    },
  );

  it("that Bedrock does not know are left out of a second attempt, since one of them spoils the whole request (ai-gateway#2512)", async () => {
    const message = "The model returned the following errors: invalid beta flag";
    at.replies({ error: { name: "ValidationException", message } }, says("ok"));
    const { content, adjustments } = await at.ask({
      model: CLAUDE,
      anthropic_beta: ["of-tomorrow"],
      top_k: 5,
    });
    expect(content).toBe("ok");
    expect(at.sent.additionalModelRequestFields).toEqual({ top_k: 5 });
    expect(adjustments).toContainEqual(
      expect.objectContaining({ param: "anthropic_beta", action: "dropped" }),
    );
  });
});

describe("thinking and tools", () => {
  const question = user('Get weather for "Oslo"');
  const ask = { tools: [WEATHER], reasoning_effort: "low", max_tokens: 8000 };

  it.each([CLAUDE, CLAUDE_3_7, OPUS_4_6, NEW_CLAUDE, NOVA_2, GPT, GROK])(
    "keep what was thought between call and result (bedrock-access-gateway#119, bedrock-access-gateway#221, litellm#14194): %s",
    async (model) => {
      for (const stream of [false, true]) {
        const {
          calls: made,
          reasoning,
          thinking,
        } = await at.ask({ model, messages: [question], ...ask }, stream);
        const [call] = made;
        const turn = assistant(null, {
          tool_calls: [toolCall(call!.id, call!.name, call!.arguments)],
          thinking_blocks: thinking,
          reasoning_content: reasoning,
        });
        const { content } = await at.ask(
          { model, messages: [question, turn, result(call!.id)], ...ask },
          stream,
        );
        expect(reasoningSent()).toHaveLength(thinking.length > 0 ? 1 : 0);
        expect(content).toContain("3 degrees");
      }
    },
  );

  it("keep it also for a client that forgets it", async () => {
    const { calls: made } = await at.ask({ model: CLAUDE, messages: [question], ...ask });
    const turn = assistant(null, { tool_calls: [toolCall(made[0]!.id)] });
    await at.ask({ model: CLAUDE, messages: [question, turn, result(made[0]!.id)], ...ask });
    expect(reasoningSent()).toHaveLength(1);
  });

  it("of a history that nobody signed answer without thinking rather than not at all (litellm#14194)", async () => {
    const turn = assistant(null, { tool_calls: [toolCall("call_1")], reasoning_content: "Hm." });
    const { adjustments } = await at.ask({
      model: CLAUDE,
      messages: [question, turn, result("call_1")],
      ...ask,
    });
    expect(at.sent.additionalModelRequestFields).toBeUndefined();
    expect(adjustments).toContainEqual(
      expect.objectContaining({ param: "messages", reason: expect.stringContaining("without thinking") }),
    );
  });
});

it("blocks out of order are told in their own places (langchainjs#7785)", async () => {
  const content = [
    thought("One."),
    { text: "a" },
    callsTool("get_weather", {}),
    thought("Two."),
    { text: "b" },
  ];
  for (const answer of await at.askBoth({ model: CLAUDE, tools: [WEATHER] }, { content })) {
    expect([answer.content, answer.reasoning, answer.calls.length]).toEqual(["ab", "One.Two.", 1]);
    expect(answer.thinking).toHaveLength(2);
  }
});
