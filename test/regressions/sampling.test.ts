import { describe, expect, it } from "vitest";
import { CLAUDE, GPT, LLAMA, MISTRAL, NEW_CLAUDE, NOVA } from "../support/bedrock.ts";
import { chatRequest } from "../support/requests.ts";
import { says, user, visit } from "./visit.ts";

const at = visit();
const BOTH = { temperature: 0.5, top_p: 0.9 };

describe("temperature and top_p", () => {
  it.each([
    CLAUDE,
    "us.anthropic.claude-opus-4-1-20250805-v1:0",
    "us.anthropic.claude-haiku-4-5-20251001-v1:0",
  ])(
    "together are not sent to %s, which takes one (bedrock-access-gateway#191, bedrock-access-gateway#208, bedrock-access-gateway#238, litellm#15070)",
    async (model) => {
      const { adjustments } = await at.ask({ model, ...BOTH });
      expect(at.sent.inferenceConfig).toEqual({ temperature: 0.5 });
      expect(adjustments).toEqual([expect.objectContaining({ param: "top_p", action: "dropped" })]);
      await at.ask({ model, top_p: 0.9 });
      expect(at.sent.inferenceConfig).toEqual({ topP: 0.9 });
    },
  );

  it.each([
    "us.anthropic.claude-opus-4-7",
    "us.anthropic.claude-opus-4-8",
    "us.anthropic.claude-fable-5",
    NEW_CLAUDE,
    GPT,
    "us.xai.grok-4.7",
  ])("and top_k are not sent to %s, which fixes its own (litellm#30064, llmgateway#2813)", async (model) => {
    const { adjustments } = await at.ask({ model, ...BOTH, top_k: 5 });
    expect(Object.keys(at.sent)).toEqual(["messages"]);
    expect(adjustments.map(({ param }) => param).toSorted()).toEqual(["temperature", "top_k", "top_p"]);
  });

  it.each([NOVA, LLAMA, "us.anthropic.claude-3-7-sonnet-20250219-v1:0"])(
    "together reach %s, which takes both",
    async (model) => {
      await at.ask({ model, ...BOTH });
      expect(at.sent.inferenceConfig).toEqual({ temperature: 0.5, topP: 0.9 });
    },
  );

  it("that a new model refuses are learned from its refusal (litellm#30064)", async () => {
    const message = "The model returned the following errors: `temperature` is deprecated for this model.";
    at.replies({ error: { name: "ValidationException", message } }, says("ok"));
    const model = "us.acme.brand-new-v1:0".replace("acme", "writer").replace("brand-new", "palmyra-x9");
    expect((await at.ask({ model, ...BOTH })).content).toBe("ok");
    expect(at.sent.inferenceConfig).toEqual({ topP: 0.9 });
    await at.ask({ model, ...BOTH });
    expect(at.received).toHaveLength(3);
  });

  it.each([CLAUDE, NOVA, MISTRAL])("above 1 is 1 on %s (vercel/ai@33343c3)", async (model) => {
    const { adjustments } = await at.ask({ model, temperature: 1.7 });
    expect(at.sent.inferenceConfig).toEqual({ temperature: 1 });
    expect(adjustments).toMatchObject([{ param: "temperature", action: "clamped" }]);
  });

  it("of 0 is 0, not missing (portkey)", async () => {
    await at.ask({
      model: NOVA,
      temperature: 0,
      top_p: 0,
      seed: 0,
      frequency_penalty: 0,
      presence_penalty: 0,
    });
    expect(at.sent.inferenceConfig).toEqual({ temperature: 0, topP: 0 });
    await at.ask({ model: CLAUDE, temperature: 0, top_k: 0 });
    expect(at.sent.inferenceConfig).toEqual({ temperature: 0 });
    expect(at.sent.additionalModelRequestFields).toEqual({ top_k: 0 });
  });

  it.each([CLAUDE, NEW_CLAUDE, NOVA])("that are null are not given on %s", async (model) => {
    const nothing = { temperature: null, top_p: null, max_tokens: null, stop: null, seed: null, tools: null };
    const { adjustments } = await at.ask({ model, ...nothing });
    expect([Object.keys(at.sent), adjustments]).toEqual([["messages"], []]);
  });
});

describe("the limit of an answer", () => {
  it.each([CLAUDE, NEW_CLAUDE, NOVA, LLAMA, GPT])(
    "is the model's own where none is asked for (bedrock-access-gateway#41, bedrock-access-gateway#154) on %s",
    async (model) => {
      await at.ask({ model });
      expect(at.sent.inferenceConfig).toBeUndefined();
    },
  );

  it.each(["max_tokens", "max_completion_tokens"])("goes out as it was asked by %s", async (name) => {
    await at.ask({ model: GPT, [name]: 5000 });
    expect(at.sent.inferenceConfig).toEqual({ maxTokens: 5000 });
  });

  it("above what the model can do is the model's own (bedrock-access-gateway#41)", async () => {
    await at.ask({ model: NOVA, max_tokens: 50_000 });
    expect(at.sent.inferenceConfig).toEqual({ maxTokens: 10_000 });
  });
});

describe("fields that go to the model unread", () => {
  it("are merged, whichever way they come, and none overwrites another (bedrock-access-gateway, vercel/ai@cc24427)", async () => {
    await at.ask({
      model: CLAUDE,
      reasoning_effort: "low",
      max_tokens: 4000,
      anthropic_beta: ["a"],
      additionalModelRequestFields: { context_management: { edits: [] } },
      extra_body: { output_config: {} },
    });
    expect(Object.keys(at.sent.additionalModelRequestFields!).toSorted()).toEqual(
      expect.arrayContaining(["anthropic_beta", "context_management", "thinking"]),
    );
  });

  it("are merged with the family's own words for the same things", async () => {
    await at.ask({ model: NOVA, top_k: 5, additionalModelRequestFields: { inferenceConfig: { other: 1 } } });
    expect(at.sent.additionalModelRequestFields).toEqual({ inferenceConfig: { other: 1, topK: 5 } });
  });

  it("that AWS refuses are left out of a second attempt, and nothing else is (bifrost, ai-gateway#2488)", async () => {
    const messages = [{ role: "system", content: "Be brief." }, user("Hi")];
    const additionalModelRequestFields = { made_up: true, top_k: 5 };
    const body = { model: CLAUDE, messages, temperature: 0.5, additionalModelRequestFields };
    await at.ask(body);
    const [first, second] = at.received.map((each) => each.body as typeof at.sent);
    expect(first!.additionalModelRequestFields).toEqual({ made_up: true, top_k: 5 });
    expect(second).toEqual({ ...first, additionalModelRequestFields: { top_k: 5 } });
    expect(second!.system).toEqual([{ text: "Be brief." }]);
    expect(first!.messages).toEqual([{ role: "user", content: [{ text: "Hi" }] }]);
  });
});

describe("metadata", () => {
  it("is put into the characters that AWS takes instead of being refused (agentgateway#1738)", async () => {
    const metadata = { "user id": "anna@example.com", note: "naïve “quote” {x}", long: "x".repeat(500) };
    await at.ask({ model: CLAUDE, metadata });
    const sent = at.sent.requestMetadata!;
    expect(sent["user id"]).toBe("anna@example.com");
    for (const value of Object.values(sent)) expect(value).toMatch(/^[a-zA-Z0-9\s:_@$#=/+,.-]{0,256}$/);
  });
});

describe("stop sequences", () => {
  it.each([CLAUDE, NOVA])(
    "end an answer as a stop, and null response fields break nothing (vercel/ai@9260982) on %s",
    async (model) => {
      const fields = { additionalModelResponseFieldPaths: ["/stop_sequence", "/delta/stop_sequence"] };
      for (const stop of ["emulator", "never said"])
        for (const stream of [false, true]) {
          const { finish, content } = await at.ask({ model, stop, ...fields }, stream);
          expect(finish).toBe("stop");
          expect(content.includes("emulator")).toBe(stop !== "emulator");
        }
      const response = await at.house.handler(chatRequest({ model: CLAUDE, stop: "emulator", ...fields }));
      expect(await response.json()).toMatchObject({
        additionalModelResponseFields: { stop_sequence: "emulator" },
      });
    },
  );

  it.each(["", " ", ["", "\n"]])("that are blank (%j) are not sent", async (stop) => {
    await at.ask({ model: CLAUDE, stop });
    expect(at.sent.inferenceConfig).toBeUndefined();
  });
});
