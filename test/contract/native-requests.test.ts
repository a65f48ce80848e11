import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type House, openHouse } from "../support/bedrock.ts";
import { asking, GPT, GPT_OSS, ONLY_MANTLE, weather } from "../support/native.ts";

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.bedrock.close());

const { operations, sent, asked, explained } = asking(() => house);

describe("what AWS gets", () => {
  const plain = {
    messages: [
      { role: "system", content: "Be brief." },
      { role: "user", name: "ann", content: "Grüße 👋" },
      { role: "assistant", content: "Yes?" },
      { role: "user", content: [{ type: "text", text: "Go on" }] },
    ],
    max_completion_tokens: 100,
    seed: 7,
    reasoning_effort: "low",
    response_format: { type: "text" },
    tools: [weather],
    tool_choice: "auto",
    parallel_tool_calls: false,
    prompt_cache_key: "k",
    safety_identifier: "s",
    user: "u",
    store: false,
    service_tier: "flex",
    verbosity: "low",
    stream: true,
    stream_options: { include_usage: true },
  };

  it("is the caller's JSON but for the model's id", async () => {
    await (await asked({ model: `bedrock/${GPT}`, ...plain })).text();
    expect(sent()).toEqual({ model: GPT, ...plain });
    expect(house.bedrock.requests[0]!.headers["content-type"]).toBe("application/json");
  });

  it("is without what is null, and without what asks for nothing", async () => {
    const nothing = {
      stream: null,
      tools: [],
      tool_choice: "auto",
      parallel_tool_calls: true,
      stop: null,
      temperature: null,
      reasoning_effort: "default",
      service_tier: "auto",
      modalities: ["text"],
      stream_options: { include_usage: true },
      top_logprobs: 0,
    };
    const response = await asked({ model: GPT, ...nothing });
    expect(response.status).toBe(200);
    expect(response.headers.has("x-bedrock-adjustments")).toBe(false);
    expect(sent()).toEqual({ model: GPT, messages: [{ role: "user", content: "Hello" }] });
  });

  it("marks for the cache, where the model reads them, and not elsewhere", async () => {
    const content = [{ type: "text", text: "Long", prompt_cache_breakpoint: { mode: "explicit" } }];
    const marked = {
      messages: [{ role: "user", content }],
      prompt_cache_options: { mode: "explicit", ttl: "30m" },
    };
    expect((await explained({ model: GPT, ...marked })).request.body).toMatchObject(marked);
    for (const model of ["us.openai.gpt-5.6-sol", "google.gemma-4-31b"])
      expect(JSON.stringify((await explained({ model, ...marked })).request.body)).not.toContain(
        "prompt_cache",
      );
  });

  it("is what x-bedrock-explain shows, and nothing is sent for that", async () => {
    const shown = await explained({ model: ONLY_MANTLE, max_tokens: 5 });
    expect(house.bedrock.requests).toEqual([]);
    expect(shown.target).toMatchObject({ model: ONLY_MANTLE, surface: "openai" });
    expect(shown.request.path).toBe("/openai/v1/chat/completions");
    await asked({ model: ONLY_MANTLE, max_tokens: 5 });
    expect(sent()).toEqual(shown.request.body);
    expect(sent()).toMatchObject({ max_completion_tokens: 5 });
  });
});

describe("adjustments", () => {
  it.each<[string, object, string, object]>([
    [GPT, { temperature: 0.2 }, "temperature", {}],
    [GPT, { top_p: 0.2 }, "top_p", {}],
    [GPT, { reasoning_effort: "minimal" }, "reasoning_effort", { reasoning_effort: "low" }],
    [GPT_OSS, { reasoning_effort: "max" }, "reasoning_effort", { reasoning_effort: "high" }],
    ["us.xai.grok-4.7", { reasoning_effort: "none" }, "reasoning_effort", { reasoning_effort: "low" }],
    [
      "us.moonshotai.kimi-k3",
      { reasoning_effort: "minimal" },
      "reasoning_effort",
      { reasoning_effort: "low" },
    ],
    ["us.openai.gpt-5.6-sol", { service_tier: "flex" }, "service_tier", {}],
  ])(
    "of %s: %j is adjusted and said so, or refused where that was asked",
    async (model, body, param, expected) => {
      const response = await asked({ model, ...body });
      expect(await response.json()).not.toHaveProperty("error");
      expect(sent()).toEqual({ model, messages: expect.anything(), ...expected });
      expect(JSON.parse(response.headers.get("x-bedrock-adjustments")!)).toMatchObject([{ param }]);
      const strict = await asked({ model, ...body }, house.withOptions({ unsupported: "reject" }));
      expect([strict.status, await strict.json()]).toMatchObject([
        400,
        { error: { code: "unsupported_parameter", param } },
      ]);
      expect(house.bedrock.requests).toHaveLength(1);
    },
  );

  it.each<[string, object, object]>([
    ["GPT that does not think samples", { reasoning_effort: "none", temperature: 0.2 }, { temperature: 0.2 }],
    ["its usual temperature is none", { temperature: 1 }, {}],
    ["priority by its other name", { service_tier: "fast" }, { service_tier: "priority" }],
  ])("%s", async (_, body, expected) => {
    const strict = house.withOptions({ unsupported: "reject" });
    expect((await asked({ model: GPT, ...body }, strict)).status).toBe(200);
    expect(sent()).toMatchObject(expected);
    if (!("temperature" in expected)) expect(sent()).not.toHaveProperty("temperature");
  });

  it("of sampling are not made for models that sample", async () => {
    await asked({ model: "us.xai.grok-4.7", temperature: 0.2, top_p: 0.9, max_completion_tokens: 9 });
    expect(sent()).toMatchObject({ temperature: 0.2, top_p: 0.9, max_tokens: 9 });
  });
});

describe("a refusal by the native side", () => {
  const refuse = (message: string, members = {}) =>
    house.bedrock.enqueue({ error: { name: "ValidationException", message, members } });

  it("sends the request the other way, and those after it at once", async () => {
    refuse("Unsupported parameter: 'seed' is not supported with this model.");
    for (const stream of [true, false])
      expect((await asked({ model: GPT, seed: 1, stream })).status).toBe(200);
    await asked({ model: GPT });
    expect(operations()).toEqual([
      "RuntimeChatCompletions",
      "ConverseStream",
      "Converse",
      "RuntimeChatCompletions",
    ]);
  });

  it("of the path on mantle asks under the other one", async () => {
    refuse(`The model '${ONLY_MANTLE}' isn't supported on this route.`);
    await asked({ model: ONLY_MANTLE });
    expect(house.bedrock.requests.map(({ path }) => path).slice(0, 2)).toEqual([
      "/openai/v1/chat/completions",
      "/v1/chat/completions",
    ]);
  });

  it("keeps AWS's own code, param and words", async () => {
    refuse("messages[0].content is not to AWS's liking", {
      code: "invalid_value",
      param: "messages[0].content",
    });
    const response = await asked({ model: GPT });
    expect([response.status, await response.json()]).toMatchObject([
      400,
      {
        error: {
          type: "invalid_request_error",
          code: "invalid_value",
          param: "messages[0].content",
          message: expect.stringContaining("not to AWS's liking"),
        },
      },
    ]);
    expect(response.headers.get("x-should-retry")).toBe("false");
  });

  it("for its load says when to come back", async () => {
    house.bedrock.enqueue({
      error: { name: "ThrottlingException", message: "slow", headers: { "retry-after": "7" } },
    });
    const response = await asked({ model: GPT, stream: true });
    expect([response.status, response.headers.get("retry-after")]).toEqual([429, "7"]);
    expect(response.headers.get("x-should-retry")).toBe("true");
  });

  it.each(["ThrottlingException", "InternalServerException", "ServiceUnavailableException"])(
    "by %s is tried again by the SDK, on either host",
    async (name) => {
      const patient = house.withOptions({ retries: 1 });
      for (const model of [GPT, ONLY_MANTLE]) {
        house.bedrock.enqueue({ error: { name, message: "busy" } });
        expect((await asked({ model }, patient)).status).toBe(200);
      }
      expect(house.bedrock.requests).toHaveLength(4);
    },
  );
});
