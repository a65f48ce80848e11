import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Conversation } from "../../src/conversation/types.ts";
import { CLAUDE, type House, openHouse } from "../support/bedrock.ts";
import { sent } from "../support/clients.ts";
import { chatRequest, completionRequest, messageRequest, responseRequest } from "../support/requests.ts";
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

/** Wires of other words that may go to AWS as they came: what of defaults they have no word for must not be lost on the way. */
describe("defaults in the words of chat completions", () => {
  const OTHERS: [wire: string, model: string, request: (body: Body) => Request, native: RegExp][] = [
    ["messages", CLAUDE, (body) => messageRequest({ max_tokens: 2000, ...body }), /^InvokeModel/],
    [
      "responses",
      "us.openai.gpt-6-sol",
      (body) => responseRequest({ input: "Hello", ...body }),
      /Responses$/,
    ],
  ];

  describe.each(OTHERS)("hold for %s", (_, model, request, native) => {
    async function asked(defaults: Body, body: Body = {}): Promise<{ sent: Body; isNative: boolean }> {
      const response = await house.withOptions({ models: { fast: { model, defaults } } })(
        request({ model: "fast", ...body }),
      );
      expect([response.status, await response.text()]).toEqual([
        200,
        expect.not.stringContaining('"error":{'),
      ]);
      const last = house.bedrock.requests.at(-1)!;
      return { sent: last.body as Body, isNative: native.test(last.operation) };
    }

    it("whoever answers", async () => {
      expect((await asked({})).isNative).toBe(true);
      // AWS refuses them in a native body.
      for (const defaults of [
        { stop: "END" },
        { reasoning_effort: "low" },
        { seed: 3, frequency_penalty: 1 },
      ])
        expect([defaults, (await asked(defaults)).isNative]).toEqual([defaults, false]);
      const { sent } = await asked({ reasoning_effort: "low" });
      expect(JSON.stringify(sent["additionalModelRequestFields"])).toMatch(/"budget_tokens"|"effort":"low"/);
    });

    it("and are no defaults where the wire has nothing of the kind", async () => {
      const tools = [{ type: "function", function: { name: "look" } }];
      const { sent, isNative } = await asked({ n: 2, tools, response_format: { type: "json_object" } });
      expect([isNative, sent["tools"], sent["response_format"]]).toEqual([true, undefined, undefined]);
    });
  });

  it("are a limit by the wire's own name", async () => {
    const handler = house.withOptions({
      models: { fast: { model: "us.openai.gpt-6-sol", defaults: { max_completion_tokens: 99 } } },
    });
    await handler(responseRequest({ model: "fast", input: "Hello" }));
    expect(house.bedrock.requests.at(-1)!.body).toMatchObject({ max_output_tokens: 99 });
  });
});
