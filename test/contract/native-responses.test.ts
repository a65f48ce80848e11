import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { BedrockOpenAIHandler } from "../../src/index.ts";
import { eventually, type House, openHouse } from "../support/bedrock.ts";
import { callerLeft, SLOW } from "../support/clients.ts";
import { BROKEN_IMAGES, GPT, ONLY_MANTLE, SOUND_IMAGES } from "../support/native.ts";
import { assertSchema } from "../support/openai-schema.ts";
import { responseRequest } from "../support/requests.ts";
import { checkResponseEvents, eventsOf, type ToldResponse } from "../support/response-events.ts";
import { openAIOn } from "../support/responses.ts";

type Body = Record<string, unknown>;

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.bedrock.close());

const asked = (body: Body, handler: BedrockOpenAIHandler = house.handler, init: RequestInit = {}) =>
  handler(responseRequest({ model: GPT, input: "Hello", ...body }, init));
const told = async (body: Body, handler?: BedrockOpenAIHandler): Promise<ToldResponse & Body> =>
  (await (await asked(body, handler)).json()) as ToldResponse & Body;
const operations = (): string[] => house.bedrock.requests.map(({ operation }) => operation);
const sent = (): Body => house.bedrock.requests.at(-1)!.body as Body;
const adjusted = (response: Response): string[] =>
  (JSON.parse(response.headers.get("x-bedrock-adjustments") ?? "[]") as { param: string }[]).map(
    ({ param }) => param,
  );

const weather = {
  type: "function" as const,
  name: "get_weather",
  description: "The weather of a city",
  parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
  strict: false,
};

/** Every model by the host that serves it in OpenAI's own words. */
const WAYS: [model: string, operation: string][] = [
  [GPT, "RuntimeResponses"],
  ["us.openai.gpt-5.6-sol", "RuntimeResponses"],
  ["us.xai.grok-4.7", "RuntimeResponses"],
  ["us.moonshotai.kimi-k3", "RuntimeResponses"],
  ["us.zai.glm-5.3", "RuntimeResponses"],
  [ONLY_MANTLE, "MantleResponses"],
  ["openai.gpt-oss-120b", "MantleResponses"],
  ["xai.grok-4.3", "MantleResponses"],
  ["google.gemma-4-31b", "MantleResponses"],
];

describe.each(WAYS)("%s", (model, operation) => {
  it("answers where AWS serves it, under our id and its own, in OpenAI's schema", async () => {
    const response = await told({ model });
    assertSchema("Response", response);
    expect(operations()).toEqual([operation]);
    expect(response).toMatchObject({ model, status: "completed", store: true, background: false });
    expect(response.id).toMatch(/^resp_[0-9a-f]{32}$/);
    expect(sent()).toMatchObject({ model, store: false, include: ["reasoning.encrypted_content"] });
  });

  it("calls tools over two turns through the official client, streamed and kept by us", async () => {
    const client = openAIOn(house);
    const stream = client.responses.stream({
      model,
      input: 'get_weather for "Oslo" please',
      tools: [weather],
    });
    const first = await stream.finalResponse();
    const call = first.output.find(({ type }) => type === "function_call") as { call_id: string };
    const second = await client.responses.create({
      model,
      previous_response_id: first.id,
      tools: [weather],
      input: [{ type: "function_call_output", call_id: call.call_id, output: "3 degrees" }],
    });
    expect(second.output_text).toContain("3 degrees");
    expect(second.previous_response_id).toBe(first.id);
    expect(operations()).toEqual([operation, operation]);
    expect(sent()).not.toHaveProperty("previous_response_id");
    const kept = await client.responses.retrieve(first.id);
    expect(kept.output.map(({ id }) => id)).toEqual(first.output.map(({ id }) => id));
  });
});

describe("what AWS gets", () => {
  const plain = {
    instructions: "Be brief.",
    tools: [weather],
    tool_choice: "auto",
    parallel_tool_calls: false,
    reasoning: { effort: "low", summary: "auto" },
    max_output_tokens: 100,
    text: { format: { type: "text" }, verbosity: "low" },
    truncation: "auto",
    service_tier: "flex",
    prompt_cache_key: "k",
    safety_identifier: "s",
  };

  it("is the caller's JSON, but for its model, its state and what a later turn needs", async () => {
    expect((await asked({ ...plain, store: true, stream: null, user: null })).status).toBe(200);
    expect(sent()).toEqual({
      model: GPT,
      ...plain,
      input: [{ type: "message", role: "user", content: [{ type: "input_text", text: "Hello" }] }],
      include: ["reasoning.encrypted_content"],
      store: false,
    });
  });

  it("is without what the model refuses, and says so", async () => {
    const response = await asked({ temperature: 0.2, reasoning: { effort: "minimal" } });
    expect([response.status, adjusted(response)]).toEqual([200, ["reasoning.effort", "temperature"]]);
    expect(sent()).toMatchObject({ reasoning: { effort: "low" } });
    const strict = house.withOptions({ unsupported: "reject" });
    expect((await asked({ temperature: 0.2 }, strict)).status).toBe(400);
  });

  it("is items without ids, which it has never seen, but for thoughts that it can read", async () => {
    const input = [
      { type: "message", id: "msg_1", role: "user", content: "Hello" },
      { type: "reasoning", id: "rs_1", summary: [], encrypted_content: "Zm9v" },
      {
        type: "message",
        id: "msg_2",
        role: "assistant",
        status: "completed",
        content: [{ type: "output_text", text: "Hi", annotations: [], logprobs: [] }],
      },
      { type: "reasoning", id: "rs_2", summary: [{ type: "summary_text", text: "Hm" }] },
      { type: "function_call", id: "fc_1", call_id: "c1", name: "get_weather", arguments: "" },
      { type: "function_call_output", id: "fo_1", call_id: "c1", output: "3" },
    ];
    const response = await asked({ input, tools: [weather] });
    expect([response.status, adjusted(response)]).toEqual([200, ["input"]]);
    expect(sent()["input"]).toEqual([
      { type: "message", role: "user", content: "Hello" },
      { type: "reasoning", id: "rs_1", summary: [], encrypted_content: "Zm9v" },
      {
        type: "message",
        role: "assistant",
        content: [{ type: "output_text", text: "Hi", annotations: [] }],
      },
      { type: "function_call", call_id: "c1", name: "get_weather", arguments: "{}" },
      { type: "function_call_output", call_id: "c1", output: "3" },
    ]);
  });

  it("is what x-bedrock-explain shows, and nothing is sent or kept for that", async () => {
    const response = await asked({}, house.handler, { headers: { "x-bedrock-explain": "1" } });
    expect(await response.json()).toMatchObject({
      target: { model: GPT, surface: "openai", host: "runtime" },
      request: { path: "/openai/v1/responses", body: { model: GPT, store: false } },
    });
    expect(house.bedrock.requests).toEqual([]);
  });
});

describe("thoughts", () => {
  const encrypted = ({ output }: ToldResponse): unknown =>
    output.find(({ type }) => type === "reasoning")?.encrypted_content;

  it("come back to the model in the next turn, whether or not the caller saw them", async () => {
    const first = await told({});
    expect(encrypted(first)).toBeUndefined();
    await told({ previous_response_id: first.id });
    const items = sent()["input"] as Body[];
    expect(items.map(({ type }) => type)).toEqual(["message", "reasoning", "message", "message"]);
    expect(items[1]!["encrypted_content"]).toEqual(expect.any(String));
  });

  it.each([{ include: ["reasoning.encrypted_content"] }, { store: false }])(
    "are the caller's to carry where it asks for them (%j)",
    async (asks) => {
      const response = await told(asks);
      expect(encrypted(response)).toEqual(expect.any(String));
      const input = [...response.output, { role: "user", content: "And now?" }];
      expect((await asked({ input, store: false })).status).toBe(200);
      expect(operations()).toEqual(["RuntimeResponses", "RuntimeResponses"]);
    },
  );

  it("of Converse stay with Converse, which alone can read them", async () => {
    const first = await told({ stop: ["x"], guardrailConfig: undefined, top_k: 1 });
    await told({ previous_response_id: first.id });
    expect(operations()).toEqual(["Converse", "Converse"]);
  });

  it("that AWS cannot read are left out, and the answer comes all the same", async () => {
    const message = "The encrypted content for item rs_1 could not be verified.";
    house.bedrock.enqueue({
      error: {
        name: "ValidationException",
        message,
        members: { code: "invalid_encrypted_content", param: null },
      },
    });
    const thought = { type: "reasoning", id: "rs_1", summary: [], encrypted_content: "gAAAAforeign" };
    const response = await asked({ input: [thought, { role: "user", content: "Hello" }] });
    expect(response.status).toBe(200);
    expect(operations()).toEqual(["RuntimeResponses", "Converse"]);
    expect(adjusted(response).join()).toContain("encrypted_content");
  });
});

describe("what AWS would refuse is translated", () => {
  const image = { type: "input_image", image_url: "data:image/png;base64,iVBORw0KGgo=", detail: "auto" };
  const file = { type: "input_file", filename: "a.txt", file_data: "data:text/plain;base64,SGk=" };
  const says = (...content: object[]): Body => ({ input: [{ role: "user", content }] });

  it.each<[string, Body]>([
    ["a stop sequence", { stop: ["x"] }],
    ["a guardrail", { guardrailConfig: { guardrailIdentifier: "abcdefghij", guardrailVersion: "1" } }],
    ["metadata, which Converse writes into AWS's logs", { metadata: { team: "a" } }],
    ["a tool that no server runs", { tools: [{ type: "web_search" }] }],
    ["a custom tool", { tools: [{ type: "custom", name: "shell" }] }],
    ["a choice of tools", { tools: [weather], tool_choice: { type: "custom", name: "x" } }],
    ["a file", says({ type: "input_text", text: "Read" }, file)],
    ["a name that is none", { tools: [{ ...weather, name: "get weather" }] }],
    ["a JSON object without a schema", { text: { format: { type: "json_object" } } }],
    ["a parameter that only the model may know", { top_k: 5 }],
  ])("%s", async (_, body) => {
    const response = await asked(body);
    expect(operations()).not.toContain("RuntimeResponses");
    await response.text();
  });

  it("an image that came along is not", async () => {
    expect((await asked(says({ type: "input_text", text: "See" }, image))).status).toBe(200);
    expect(operations()).toEqual(["RuntimeResponses"]);
  });

  it.each(BROKEN_IMAGES)(
    "an image that is broken is refused here, and told where it is: %s",
    async (_, broken) => {
      const response = await asked(
        says({ type: "input_text", text: "See" }, { type: "input_image", image_url: broken }),
      );
      const { error } = (await response.json()) as { error: { param: string } };
      expect([response.status, error.param]).toEqual([400, "input[0].content[1].image_url"]);
      expect(operations()).toEqual([]);
    },
  );

  it("an image goes as it came, whatever its size and its line breaks", async () => {
    for (const sound of SOUND_IMAGES) {
      const part = { type: "input_image", image_url: sound };
      expect((await asked(says(part))).status).toBe(200);
      expect(sent()["input"]).toMatchObject([{ content: [part] }]);
    }
    expect(new Set(operations())).toEqual(new Set(["RuntimeResponses"]));
  });

  it("and learnt where nobody knew: what was refused once is not sent natively again, and chat is not told", async () => {
    const message = "Unsupported parameter: 'max_output_tokens' is not supported with this model.";
    house.bedrock.enqueue({ error: { name: "ValidationException", message } });
    for (let time = 0; time < 2; time += 1) expect((await asked({ max_output_tokens: 50 })).status).toBe(200);
    expect((await asked({})).status).toBe(200);
    expect(operations()).toEqual(["RuntimeResponses", "Converse", "Converse", "RuntimeResponses"]);
  });

  it("as is a model that AWS turns out not to serve so", async () => {
    const message = `The model '${GPT}' does not support the '/v1/responses' API`;
    house.bedrock.enqueue({ error: { name: "ValidationException", message } });
    for (let time = 0; time < 2; time += 1) expect((await asked({})).status).toBe(200);
    expect(operations()).toEqual(["RuntimeResponses", "Converse", "Converse"]);
  });
});

describe("a stream", () => {
  it("has every event in its order, and ends in the response that is kept", async () => {
    const text = await (
      await asked({ stream: true, tools: [weather], reasoning: { effort: "low", summary: "auto" } })
    ).text();
    const last = checkResponseEvents(eventsOf(text));
    expect(last.status).toBe("completed");
    expect(text).not.toContain("encrypted_content");
    const kept = await house.handler(new Request(`http://localhost/v1/responses/${last.id}`));
    expect(await kept.json()).toEqual(last);
  });

  it("says what the whole answer says", async () => {
    const said = ({ output, usage, status }: ToldResponse): object => ({
      status,
      usage,
      output: output.map(({ type, content, name, arguments: json }) => [type, content, name, json]),
    });
    for (const body of [
      {},
      { max_output_tokens: 3 },
      { input: 'get_weather for "Oslo"', tools: [weather] },
    ]) {
      const events = eventsOf(await (await asked({ ...body, stream: true })).text());
      expect(said(checkResponseEvents(events))).toEqual(said(await told(body)));
    }
  });

  it.each<[string, object, string]>([
    ["ends too early", { kind: "end", afterEvents: 8 }, "server_error"],
    ["is cut within an event", { kind: "truncate", afterEvents: 8 }, "server_error"],
    ["loses its connection", { kind: "reset", afterEvents: 8 }, "server_error"],
    [
      "tells of a failure",
      { kind: "exception", afterEvents: 8, type: "throttlingException", message: "slow" },
      "rate_limit_exceeded",
    ],
  ])("that %s ends in both failures that clients look for, and is kept as failed", async (_, fault, code) => {
    house.bedrock.enqueue({ content: [{ text: "one two three four five" }], fault } as never);
    const events = eventsOf(await (await asked({ stream: true }, house.withOptions({ retries: 2 }))).text());
    const failed = checkResponseEvents(events);
    expect(events.slice(-2).map(({ type }) => type)).toEqual(["error", "response.failed"]);
    expect(failed.error!.code).toBe(code);
    expect(events.map(({ delta }) => delta ?? "").join("")).toContain("one");
    expect(house.bedrock.requests).toHaveLength(1);
  });

  it("that breaks off after any of its events has told of all that it had said", async () => {
    const content = [
      { reasoningContent: { reasoningText: { text: "let me think" } } },
      { text: "one two" },
      { toolUse: { toolUseId: "call_abcdef", name: "get_weather", input: { city: "Oslo" } } },
    ];
    const body = { stream: true, tools: [weather], reasoning: { summary: "auto" } };
    house.bedrock.enqueue({ content } as never);
    const whole = eventsOf(await (await asked(body)).text());
    expect(checkResponseEvents(whole).output.map(({ type }) => type)).toEqual([
      "reasoning",
      "message",
      "function_call",
    ]);
    for (let afterEvents = 3; afterEvents < whole.length; afterEvents += 1) {
      house.bedrock.enqueue({ content, fault: { kind: "end", afterEvents } } as never);
      const events = eventsOf(await (await asked(body)).text());
      const { output, status } = checkResponseEvents(events);
      expect([status, events.length]).toEqual(["failed", afterEvents + 2]);
      const said = JSON.stringify(output);
      for (const { delta = "" } of events) expect(said).toContain(JSON.stringify(delta).slice(1, -1));
    }
  });

  it("that fails before its first piece is an HTTP status", async () => {
    const fault = { kind: "exception", afterEvents: 2, type: "throttlingException", message: "slow" };
    house.bedrock.enqueue({ content: [{ text: "x" }], fault } as never);
    expect((await asked({ stream: true })).status).toBe(429);
  });

  it("that fails before its first piece is tried again, and begins once", async () => {
    const fault = { kind: "exception", afterEvents: 2, type: "internalServerException", message: "oops" };
    house.bedrock.enqueue({ content: [{ text: "x" }], fault } as never);
    const response = await asked({ stream: true }, house.withOptions({ retries: 2 }));
    expect(checkResponseEvents(eventsOf(await response.text())).status).toBe("completed");
    expect(house.bedrock.requests).toHaveLength(2);
  });

  it("whose response failed is told as one that failed", async () => {
    const response = { id: "resp_x", object: "response", status: "in_progress", output: [] };
    const error = { code: "server_error", message: "The model is broken." };
    const item = { id: "msg_x", type: "message", role: "assistant", status: "in_progress", content: [] };
    house.bedrock.enqueue({
      chunks: [
        { type: "response.created", response },
        { type: "response.output_item.added", output_index: 0, item },
        { type: "response.failed", response: { ...response, status: "failed", error } },
      ],
    });
    const events = eventsOf(await (await asked({ stream: true })).text());
    expect(events.at(-1)).toMatchObject({ type: "response.failed", response: { status: "failed" } });
    expect(JSON.stringify(events)).not.toContain("resp_x");
    expect(house.logged).toHaveLength(1);
  });

  it("is told without what only AWS's line needs, and with what clients look for", async () => {
    const item = { id: "msg_x", type: "message", role: "assistant" };
    const part = { type: "output_text", text: "Hi" };
    const at = { item_id: "msg_x", output_index: 0, content_index: 0 };
    const usage = { input_tokens: 3, output_tokens: 2, total_tokens: 5, input_tokens_details: null };
    house.bedrock.enqueue({
      chunks: [
        { type: "keepalive" },
        { type: "response.created", response: { id: "resp_x", usage: null, user: null }, sequence_number: 0 },
        {
          type: "response.output_item.added",
          output_index: 0,
          item: { ...item, status: "in_progress", content: [] },
        },
        { type: "response.content_part.added", ...at, part: { ...part, text: "" } },
        { type: "response.output_text.delta", ...at, delta: "Hi", obfuscation: "xxxxx" },
        { type: "response.output_text.done", ...at, text: "Hi" },
        { type: "response.content_part.done", ...at, part },
        { type: "response.output_item.done", output_index: 0, item: { ...item, content: [part] } },
        {
          type: "response.completed",
          response: { id: "resp_x", status: "completed", model: "theirs", output: [], usage },
        },
        { type: "response.output_text.delta", ...at, delta: "too late" },
      ],
    });
    const text = await (await asked({ stream: true })).text();
    const last = checkResponseEvents(eventsOf(text));
    for (const word of ["resp_x", "theirs", "obfuscation", "keepalive", "too late"])
      expect(text).not.toContain(word);
    expect(last.output[0]).toMatchObject({ content: [{ ...part, annotations: [], logprobs: [] }] });
    expect(last.usage).toMatchObject({ input_tokens: 3, input_tokens_details: { cached_tokens: 0 } });
  });

  it("whose host keeps the line open after the last word is whole, and its line is not kept", async () => {
    const completed = { type: "response.completed", response: { status: "completed", output: [] } };
    house.bedrock.enqueue({ chunks: [completed, "{}"], fault: { kind: "stall", afterEvents: 1 } });
    const text = await (await asked({ stream: true })).text();
    expect(eventsOf(text).map(({ type }) => type)).toEqual(["response.created", "response.completed"]);
    await eventually(() => house.bedrock.openRequests === 0);
    expect(house.logged).toEqual([]);
  });

  it.each([false, true])("that its caller leaves is left by us (stream: %s)", async (stream) => {
    house.bedrock.enqueue(stream ? SLOW : { content: [{ text: "x" }], headersDelayMs: 60_000 });
    const caller = new AbortController();
    const answer = asked({ stream }, house.handler, { signal: caller.signal });
    if (stream) await (await answer).body!.getReader().read();
    setTimeout(() => caller.abort(), 20);
    await answer.catch(() => undefined);
    await expect(callerLeft(house)).resolves.toBeUndefined();
  });
});

describe("a 200 that is no response", () => {
  it.each<[string, object]>([
    ["nothing", {}],
    ["one that is not at its end", { object: "response", status: "in_progress", output: [] }],
  ])("of %s is a failure of the server's", async (_, response) => {
    house.bedrock.enqueue({ response });
    expect((await asked({})).status).toBe(502);
  });

  it("but a failure is that failure", async () => {
    const error = { code: "rate_limit_exceeded", message: "slow" };
    house.bedrock.enqueue({ response: { object: "response", status: "failed", error, output: [] } });
    expect((await asked({})).status).toBe(429);
  });
});

it.each([false, true])(
  "whoever watches hears what an answer cost, and how it ended (stream: %s)",
  async (stream) => {
    const reports: Body[] = [];
    const watched = house.withOptions({ onUsage: (report) => void reports.push(report as unknown as Body) });
    const response = await asked({ stream, max_output_tokens: 3 }, watched);
    const { id, usage } = stream
      ? (eventsOf(await response.text()).at(-1)!.response as ToldResponse & Body)
      : ((await response.json()) as ToldResponse & Body);
    await eventually(() => reports.length === 1);
    const counts = usage as Record<string, number>;
    expect(reports[0]).toMatchObject({
      tokens: { input: counts["input_tokens"], output: counts["output_tokens"] },
      serviceTier: "default",
      target: { surface: "openai" },
    });
    expect([id.slice(0, 5), counts["output_tokens"]! > 1]).toEqual(["resp_", true]);
  },
);
