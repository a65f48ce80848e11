import { OpenAI as LangChainOpenAI } from "@langchain/openai";
import OpenAI7 from "openai";
import OpenAI6 from "openai6";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createBedrockFetch } from "../../integrations/openai.ts";
import { CLAUDE, eventually, type House, LLAMA, NOVA, openHouse } from "../support/bedrock.ts";
import { accessTo, callerLeft, drained, REASONED, SLOW, THROTTLED } from "../support/clients.ts";
import { DEAF_DOORS, DOORS, type Door } from "../support/doors.ts";
import { COMPLETIONS, schemaCheckedFetch } from "../support/openai-schema.ts";
import { chatRequest, completionRequest } from "../support/requests.ts";
import { chunksOf } from "../support/sse.ts";

const CLIENTS = [
  { version: "openai 7", OpenAI: OpenAI7 },
  // One test for both: where the two differ in types, 7 speaks for them.
  { version: "openai 6", OpenAI: OpenAI6 as unknown as typeof OpenAI7 },
];

let house: House;

/** The texts of a stream by choice, and how each ended. */
const folded = (chunks: readonly OpenAI7.Completion[]): { text: string; finish: string }[] => {
  const choices: { text: string; finish: string }[] = [];
  for (const { index, text, finish_reason } of chunks.flatMap((chunk) => chunk.choices)) {
    const known = (choices[index] ??= { text: "", finish: "" });
    known.text += text;
    known.finish += finish_reason ?? "";
  }
  return choices;
};

for (const [name, open] of Object.entries(DOORS)) {
  for (const { version, OpenAI } of CLIENTS) {
    describe(`${version} through ${name}`, () => {
      let door: Door;
      let checked: ReturnType<typeof schemaCheckedFetch>;
      let client: OpenAI7;
      beforeAll(async () => {
        house = await openHouse();
        door = await open(house.handler);
        checked = schemaCheckedFetch(door.fetch, COMPLETIONS);
        client = new OpenAI({ apiKey: "any", baseURL: door.baseURL, fetch: checked.fetch, maxRetries: 0 });
      });
      afterEach(async () => {
        expect(await checked.settled()).toBeGreaterThan(0);
        expect(house.logged).toEqual([]);
        house.bedrock.reset();
      });
      afterAll(async () => {
        await door.close();
        await house.bedrock.close();
      });

      it("completes a prompt", async () => {
        const completion = await client.completions.create({ model: CLAUDE, prompt: "Grüße, 世界 👋" });
        expect(completion).toMatchObject({ object: "text_completion", model: CLAUDE });
        expect(completion.id).toMatch(/^cmpl-/);
        expect(completion.choices).toEqual([
          {
            index: 0,
            text: expect.stringContaining("Grüße, 世界 👋"),
            logprobs: null,
            finish_reason: "stop",
          },
        ]);
        expect(completion.usage!.total_tokens).toBeGreaterThan(0);
        expect(completion._request_id).toMatch(/^req_/);
      });

      it("streams the same text, and usage where it is asked for", async () => {
        const request = { model: LLAMA, prompt: ["One two three", "four five six"], n: 2, echo: true };
        const stream_options = { include_usage: true };
        const chunks = await drained(
          await client.completions.create({ ...request, stream: true, stream_options }),
        );
        const whole = await client.completions.create(request);
        expect(folded(chunks)).toEqual(
          whole.choices.map(({ text, finish_reason }) => ({ text, finish: finish_reason })),
        );
        expect(whole.choices.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
        for (const [index, { text }] of whole.choices.entries())
          expect(text.startsWith(request.prompt[Math.floor(index / 2)]!)).toBe(true);
        expect(chunks.at(-1)).toMatchObject({ choices: [], usage: whole.usage });
      });

      it("raises the client's own typed errors", async () => {
        const failing = client.completions.create({ model: CLAUDE, prompt: "a", suffix: "b" });
        await expect(failing).rejects.toBeInstanceOf(OpenAI.BadRequestError);
        await expect(failing).rejects.toMatchObject({ code: "unsupported_parameter", param: "suffix" });
        const unknown = client.completions.create({ model: "no.such-model", prompt: "a" });
        await expect(unknown).rejects.toBeInstanceOf(OpenAI.NotFoundError);
      });
    });

    it.each(DEAF_DOORS.has(name) ? [] : [name])(
      `stops AWS when a caller of ${version} leaves %s in the middle`,
      async () => {
        const own = await openHouse();
        const { baseURL, fetch, close } = await open(own.handler);
        const client = new OpenAI({ apiKey: "any", baseURL, fetch, maxRetries: 0 });
        own.bedrock.enqueue(SLOW, SLOW);
        const stream = await client.completions.create({ model: CLAUDE, prompt: ["a", "b"], stream: true });
        for await (const _ of stream) break;
        await eventually(() => own.bedrock.requests.filter((each) => each.aborted).length === 2);
        expect(own.logged).toEqual([]);
        await close();
        await own.bedrock.close();
      },
    );
  }
}

describe("POST /completions", () => {
  beforeEach(async () => {
    house = await openHouse();
  });
  afterEach(() => house.bedrock.close());

  const post = (body: object, { options = {}, headers = {} } = {}): Promise<Response> =>
    house.withOptions(options)(completionRequest({ model: CLAUDE, ...body }, { headers }));
  const sentTexts = (): unknown[] =>
    house.bedrock.requests.map(({ body }) => (body as { messages: unknown[] }).messages);
  const turn = (text: string) => [{ role: "user", content: [{ text }] }];
  const usage = { inputTokens: 10, outputTokens: 2, totalTokens: 12 };

  it("sends a prompt as the user's only turn, and nothing else", async () => {
    await post({});
    expect(house.bedrock.requests[0]!.body).toEqual({ messages: turn("Hello") });
  });

  it("is not what /chat/completions is", async () => {
    const response = await house.handler(chatRequest({ model: CLAUDE }));
    expect(await response.json()).toMatchObject({ object: "chat.completion" });
    const wrong = await house.handler(new Request("http://localhost/v1/completions"));
    expect([wrong.status, wrong.headers.get("allow")]).toEqual([405, "POST, OPTIONS"]);
  });

  it("answers each prompt in its place, however many wait for their turn", async () => {
    const prompt = Array.from({ length: 30 }, (_, index) => `prompt number ${index}.`);
    for (const stream of [false, true]) {
      const text = await (await post({ prompt, stream })).text();
      const choices = stream
        ? folded(chunksOf(text).chunks as unknown as OpenAI7.Completion[])
        : (JSON.parse(text) as OpenAI7.Completion).choices;
      expect(choices).toHaveLength(30);
      for (const [index, choice] of choices.entries()) expect(choice.text).toContain(prompt[index]);
    }
    expect(house.bedrock.requests).toHaveLength(60);
  });

  it("keeps no more than eight calls to AWS open", async () => {
    const prompt = Array.from({ length: 20 }, (_, index) => `p${index}`);
    house.bedrock.enqueue(...prompt.map(() => ({ content: [{ text: "one two three" }], delayMs: 5 })));
    let most = 0;
    const watch = setInterval(() => (most = Math.max(most, house.bedrock.openRequests)), 1);
    await (await post({ prompt, stream: true })).text();
    clearInterval(watch);
    expect(house.bedrock.requests).toHaveLength(20);
    expect(most).toBeLessThanOrEqual(8);
  });

  it.each([false, true])("fails as a whole when one prompt fails (stream: %s)", async (stream) => {
    const stall = { content: [{ text: "late" }], fault: { kind: "stall", afterEvents: -1 } } as const;
    house.bedrock.enqueue(stall, THROTTLED, stall);
    const response = await post({ prompt: ["a", "b", "c"], stream });
    expect(response.status).toBe(429);
    await eventually(() => house.bedrock.openRequests === 0);
  });

  it("breaks as a whole, without [DONE], when a later prompt fails in the middle of the stream", async () => {
    const prompt = Array.from({ length: 9 }, (_, index) => `p${index}`);
    const answers = prompt.slice(1).map(() => ({ content: [{ text: "word" }], usage }));
    house.bedrock.enqueue(...answers, THROTTLED);
    const { chunks, done } = chunksOf(await (await post({ prompt, stream: true })).text());
    expect(done).toBe(false);
    expect(chunks.at(-1)!.error).toMatchObject({ code: "rate_limit_exceeded" });
    await eventually(() => house.bedrock.openRequests === 0);
  });

  it("leaves the model's thoughts out of the text", async () => {
    for (const stream of [false, true]) {
      house.bedrock.enqueue(REASONED);
      const text = await (await post({ stream })).text();
      expect(text).toContain("Four.");
      expect(text).not.toContain("let me see");
    }
  });

  it("reads token ids, alone and in lists", async () => {
    await post({ prompt: [9906, 1917] });
    await post({ prompt: [[9906], [1917]] });
    expect(sentTexts()).toEqual([turn("Hello world"), turn("Hello"), turn(" world")]);
  });

  it.each<[object, string]>([
    [{ prompt: undefined }, "prompt"],
    [{ prompt: null }, "prompt"],
    [{ prompt: "" }, "prompt"],
    [{ prompt: ["a", " "] }, "prompt[1]"],
    [{ prompt: [999_999] }, "prompt"],
    [{ prompt: [[9906], [999_999]] }, "prompt[1]"],
    [{ suffix: "x" }, "suffix"],
    [{ n: 0 }, "n"],
    [{ prompt: Array(100).fill("a"), n: 100 }, "n"],
  ])("refuses %j with the parameter's name, and sends nothing", async (body, param) => {
    const response = await post(body);
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { error: { type: "invalid_request_error", param } },
    ]);
    expect(house.bedrock.requests).toEqual([]);
    expect(house.logged).toEqual([]);
  });

  it("names the prompt where AWS finds it too long", async () => {
    const message = "Input is too long for requested model.";
    house.bedrock.enqueue({ error: { name: "ValidationException", message } });
    expect(await (await post({})).json()).toMatchObject({
      error: { code: "context_length_exceeded", param: "prompt" },
    });
  });

  it("says what was adjusted once, for however many prompts", async () => {
    const response = await post({ prompt: ["a", "b"], seed: 1, logprobs: 2 });
    const notes = JSON.parse(response.headers.get("x-bedrock-adjustments")!) as { param: string }[];
    expect(notes.map(({ param }) => param)).toEqual(["logprobs", "seed"]);
    const strict = { options: { unsupported: "reject" } } as const;
    expect(await (await post({ seed: 1 }, strict)).json()).toMatchObject({
      error: { code: "unsupported_parameter", param: "seed" },
    });
  });

  it("explains one prompt as chat does, and several as a list", async () => {
    const explaining = { headers: { "x-bedrock-explain": "1" } };
    const one = await (await post({ stream: true }, explaining)).json();
    expect(one).toMatchObject({ target: { model: CLAUDE }, request: { body: { messages: turn("Hello") } } });
    const several = await (await post({ prompt: ["a", "b"] }, explaining)).json();
    expect(several).toMatchObject(
      ["a", "b"].map((text) => ({ request: { body: { messages: turn(text) } } })),
    );
    expect(house.bedrock.requests).toEqual([]);
  });

  it("takes Bedrock's own parameters under their AWS names", async () => {
    const own = { performanceConfig: { latency: "optimized" }, requestMetadata: { team: "x" } };
    await post({ model: NOVA, ...own, extra_body: { top_k: 5 } });
    expect(house.bedrock.requests[0]!.body).toMatchObject({
      ...own,
      additionalModelRequestFields: { inferenceConfig: { topK: 5 } },
    });
  });
});

describe("LangChain's OpenAI", () => {
  beforeEach(async () => {
    house = await openHouse();
  });
  afterEach(() => house.bedrock.close());

  const llm = (fields = {}): LangChainOpenAI => {
    const { apiKey, ...configuration } = accessTo(house);
    return new LangChainOpenAI({ model: CLAUDE, apiKey, configuration, maxRetries: 0, ...fields });
  };

  it("invokes, streams and batches", async () => {
    const answer = await llm().invoke("Tell me of Oslo");
    expect(answer).toContain("Tell me of Oslo");
    expect((await drained(await llm().stream("Tell me of Oslo"))).join("")).toBe(answer);
    const answers = await llm().batch(["Tell me of Oslo", "Tell me of Rome"]);
    expect(answers[0]).toBe(answer);
    expect(answers[1]).toContain("Tell me of Rome");
  });

  it("gets the generations of several prompts in one request, each its own", async () => {
    const { generations, llmOutput } = await llm({ n: 2 }).generate(["about Oslo", "about Rome"]);
    expect(generations.map((each) => each.length)).toEqual([2, 2]);
    for (const { text } of generations[1]!) expect(text).toContain("about Rome");
    expect(llmOutput!["tokenUsage"]).toMatchObject({ completionTokens: expect.any(Number) });
  });

  it("stops AWS when its reader leaves", async () => {
    house.bedrock.enqueue(SLOW);
    for await (const _ of await llm().stream("x")) break;
    await callerLeft(house);
    expect(house.logged).toEqual([]);
  });
});

it("createBedrockFetch answers completions without a base URL too", async () => {
  house = await openHouse();
  const client = new OpenAI7({ apiKey: "x", fetch: createBedrockFetch(house.handler) });
  const { choices } = await client.completions.create({ model: CLAUDE, prompt: "Hello" });
  expect(choices[0]!.text).toContain("Hello");
  await house.bedrock.close();
});
