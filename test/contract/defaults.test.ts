import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Conversation } from "../../src/conversation/types.ts";
import { CLAUDE, type House, openHouse } from "../support/bedrock.ts";
import { sent } from "../support/clients.ts";
import { chatRequest, completionRequest } from "../support/requests.ts";
import { chunksOf } from "../support/sse.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterEach(() => house.bedrock.reset());
afterAll(() => house.bedrock.close());

type Body = Record<string, unknown>;

const withDefaults = (defaults: Body) =>
  house.withOptions({ models: { "fast*": { model: CLAUDE, defaults } }, unsupported: "reject" });

const WIRES: Record<string, (body: Body) => Request> = {
  "chat completions": chatRequest,
  completions: completionRequest,
};

describe.each(Object.entries(WIRES))("defaults of a model by %s", (_, request) => {
  /** What AWS got of a request. */
  async function asked(defaults: Body, body: Body = {}): Promise<Conversation> {
    const response = await withDefaults(defaults)(request({ model: "fast-1", ...body }));
    expect(await response.text()).not.toContain('"error"');
    expect(response.status).toBe(200);
    return sent(house);
  }

  it.each([
    [{ temperature: 0.2 }, {}, { temperature: 0.2 }],
    [{ temperature: 0.2 }, { temperature: null }, { temperature: 0.2 }],
    [{ temperature: 0.2 }, { temperature: 0.9 }, { temperature: 0.9 }],
    [{ max_tokens: 9 }, { max_tokens: 5 }, { maxTokens: 5 }],
    [{ max_completion_tokens: 9 }, {}, { maxTokens: 9 }],
    [{ max_completion_tokens: 9 }, { max_tokens: 5 }, { maxTokens: 5 }],
    [{ extra_body: { temperature: 0.3 } }, {}, { temperature: 0.3 }],
    [{ temperature: 0.3 }, { extra_body: { temperature: 0.4 } }, { temperature: 0.4 }],
  ])("%j and a caller's %j are %j", async (defaults, body, expected) => {
    expect((await asked(defaults, body)).inferenceConfig).toMatchObject(expected);
  });

  it("reach into the model's own fields, and leave there what the caller says", async () => {
    const { additionalModelRequestFields } = await asked(
      { additionalModelRequestFields: { top_k: 5, anthropic_beta: ["theirs"] } },
      { additionalModelRequestFields: { anthropic_beta: ["mine"] } },
    );
    expect(additionalModelRequestFields).toEqual({ top_k: 5, anthropic_beta: ["mine"] });
  });

  it("of a stream are a stream, unless the caller wants none", async () => {
    const handler = withDefaults({ stream: true, stream_options: { include_usage: true } });
    const streamed = await handler(request({ model: "fast", stream_options: { extra: 1 } }));
    const { chunks, done } = chunksOf(await streamed.text());
    expect(done).toBe(true);
    expect(chunks.at(-1)!.usage).toBeTruthy();
    const whole = await handler(request({ model: "fast", stream: false }));
    expect(whole.headers.get("content-type")).toContain("application/json");
  });
});

describe("defaults that only one endpoint knows", () => {
  it("do not fail the callers of the other", async () => {
    const tools = [{ type: "function", function: { name: "look" } }];
    const handler = withDefaults({ tools, max_completion_tokens: 20, logprobs: 3, best_of: 2, echo: true });
    const chat = await handler(chatRequest({ model: "fast" }));
    expect([chat.status, chat.headers.get("x-bedrock-adjustments")]).toEqual([200, null]);
    expect(sent(house)).toMatchObject({ inferenceConfig: { maxTokens: 20 }, toolConfig: {} });
    expect(sent(house)).not.toHaveProperty("additionalModelRequestFields");
    const completion = await withDefaults({ tools, max_completion_tokens: 20, logprobs: true })(
      completionRequest({ model: "fast" }),
    );
    expect([completion.status, completion.headers.get("x-bedrock-adjustments")]).toEqual([200, null]);
    expect(sent(house)).toEqual({
      messages: [{ role: "user", content: [{ text: "Hello" }] }],
      inferenceConfig: { maxTokens: 20 },
    });
  });

  it("do not outdo the caller's other word", async () => {
    const handler = withDefaults({ max_tokens: 9 });
    await handler(chatRequest({ model: "fast", max_completion_tokens: 5 }));
    expect(sent(house).inferenceConfig).toEqual({ maxTokens: 5 });
  });
});

it("are the operator's fault where they are wrong, and told before there is a caller", () => {
  expect(() => withDefaults({ temperature: "hot" })).toThrow(
    "bedrock-openai: 'defaults' of the model 'fast*': Invalid type for 'temperature'",
  );
});
