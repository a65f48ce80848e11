import OpenAI7 from "openai";
import { zodResponseFormat as zodResponseFormat7 } from "openai/helpers/zod";
import OpenAI6 from "openai6";
import { zodResponseFormat as zodResponseFormat6 } from "openai6/helpers/zod";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as z from "zod";
import { readingText } from "../../../integrations/openai/reading-text.ts";
import { CLAUDE, eventually, type House, LLAMA, MISTRAL, NOVA, openHouse } from "../../support/bedrock.ts";
import {
  accessTo,
  BREAKING,
  callerLeft,
  drained,
  INVALID,
  lastResults,
  lastTurn,
  PDF,
  PNG,
  REASONED,
  REFUSED_NAME,
  SAYS,
  sent,
  SLOW,
  THROTTLED,
  toolNames,
  TWO_CALLS,
} from "../../support/clients.ts";
import { schemaCheckedFetch } from "../../support/openai-schema.ts";

const openai7 = { version: "openai 7", OpenAI: OpenAI7, zodResponseFormat: zodResponseFormat7 };
const openai6 = {
  version: "openai 6",
  // One test for both: where the two differ in types, 7 speaks for them.
  OpenAI: OpenAI6 as unknown as typeof OpenAI7,
  zodResponseFormat: zodResponseFormat6 as unknown as typeof zodResponseFormat7,
};
/** As `createBedrockOpenAI` makes it. Nobody reads along: a stream that was read from its text has no bytes. */
const asText = ({ version, OpenAI, ...helpers }: typeof openai7) => ({
  version: `${version}, as text`,
  OpenAI: readingText(OpenAI),
  isSeen: false,
  ...helpers,
});
const CLIENTS = [
  { ...openai7, isSeen: true },
  { ...openai6, isSeen: true },
  asText(openai7),
  asText(openai6),
];

type Body = OpenAI7.ChatCompletionCreateParamsNonStreaming;
type Message = OpenAI7.ChatCompletionMessage;

/** A completion, asked for whole or folded by the client's own helper. */
const WAYS: [string, (client: OpenAI7, body: Body) => Promise<OpenAI7.ChatCompletion>][] = [
  ["create()", (client, body) => client.chat.completions.create(body)],
  ["stream()", ({ chat }, body) => chat.completions.stream({ ...body, stream: true }).finalChatCompletion()],
];

const user = (content: OpenAI7.ChatCompletionUserMessageParam["content"]) => ({
  role: "user" as const,
  content,
});
const HELLO = { model: CLAUDE, messages: [user("Hello")] };
const CITY = { type: "object", properties: { city: { type: "string" } }, required: ["city"] };
const WEATHER = { name: "get_weather", description: "The weather of a city", parameters: CITY };
const TIME = { name: "get_time", description: "The hour", parameters: { type: "object", properties: {} } };

/** Tools for the client's own loop, which note what they were asked. */
const weatherTools = (asked: unknown[], name = "get_weather") => {
  const answering = (answer: string) => (args: object) => (asked.push(args), answer);
  const parse = JSON.parse as (text: string) => object;
  return [
    { type: "function" as const, function: { ...WEATHER, name, parse, function: answering("3 degrees") } },
    { type: "function" as const, function: { ...TIME, parse, function: answering("noon") } },
  ];
};

const SQL_TOOL = { type: "custom" as const, custom: { name: "run_sql", description: "Runs SQL" } };
const SQL = {
  content: [{ toolUse: { toolUseId: "tooluse_1", name: "run_sql", input: { input: "SELECT 1" } } }],
};

const Event = z.object({ name: z.string(), year: z.number() });
const EVENT = { name: "Science Fair", year: 2026 };

describe.each(CLIENTS)("$version", ({ OpenAI, zodResponseFormat, isSeen }) => {
  let house: House;
  let checked: ReturnType<typeof schemaCheckedFetch>;
  let client: OpenAI7;
  beforeEach(async () => {
    house = await openHouse();
    const access = accessTo(house);
    checked = schemaCheckedFetch(access.fetch);
    client = new OpenAI({ ...access, ...(isSeen && { fetch: checked.fetch }), maxRetries: 0 });
  });
  afterEach(() => house.bedrock.close());

  const runTools = (body: Body & { tools: ReturnType<typeof weatherTools> }, stream: boolean) =>
    stream
      ? client.chat.completions.runTools({ ...body, stream: true })
      : client.chat.completions.runTools({ ...body, stream: false });

  describe("an answer that OpenAI's schema holds for good", () => {
    afterEach(async () => {
      expect(await checked.settled()).toBeGreaterThanOrEqual(isSeen ? 1 : 0);
      expect(house.logged).toEqual([]);
    });

    it.each([false, true])(
      "calls two tools at once, one of them without arguments, and sends both results in one turn (stream: %s)",
      async (stream) => {
        house.bedrock.enqueue(TWO_CALLS);
        const asked: unknown[] = [];
        const runner = runTools({ ...HELLO, tools: weatherTools(asked) }, stream);
        expect(await runner.finalContent()).toMatch(
          /get_weather returned: 3 degrees\nget_time returned: noon/,
        );
        expect(asked).toEqual([{ city: "Oslo" }, {}]);
        expect(lastResults(house)).toEqual([
          ["tooluse_a", "3 degrees"],
          ["tooluse_b", "noon"],
        ]);
        expect(
          runner.messages.flatMap((each) => ("tool_calls" in each ? each.tool_calls : [])),
        ).toMatchObject([
          { id: "tooluse_a", function: { name: "get_weather", arguments: '{"city":"Oslo"}' } },
          { id: "tooluse_b", function: { name: "get_time", arguments: "{}" } },
        ]);
      },
    );

    it.each([false, true])(
      "runs a tool whose name Bedrock refuses under that name (stream: %s)",
      async (stream) => {
        const asked: unknown[] = [];
        const body = { model: LLAMA, messages: [user('The weather service for "Oslo", please')] };
        const runner = runTools({ ...body, tools: weatherTools(asked, REFUSED_NAME) }, stream);
        expect(await runner.finalContent()).toContain("3 degrees");
        expect(asked).toEqual([{ city: "Oslo" }]);
        expect(toolNames(house)[0]).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
      },
    );

    it.each(WAYS)("keeps its shape when the model's words are a JSON schema's (%s)", async (_, ask) => {
      const response_format = zodResponseFormat(Event, "event");
      const messages = [user("The fair of 2026")];
      house.bedrock.enqueue(SAYS(EVENT));
      const native = await ask(client, { model: CLAUDE, messages, response_format });
      expect(sent(house).outputConfig).toBeDefined();
      house.bedrock.enqueue({
        content: [{ toolUse: { toolUseId: "tooluse_1", name: "event", input: EVENT } }],
      });
      const emulated = await ask(client, { model: NOVA, messages, response_format });
      expect(sent(house).toolConfig!.toolChoice).toEqual({ tool: { name: "event" } });
      house.bedrock.enqueue(SAYS(EVENT));
      const instructed = await ask(client, { model: MISTRAL, messages, response_format });
      expect(JSON.stringify(sent(house))).toContain("JSON Schema");
      for (const { choices } of [native, emulated, instructed]) {
        expect(JSON.parse(choices[0]!.message.content!)).toEqual(EVENT);
        expect(choices[0]).toMatchObject({ finish_reason: "stop" });
        expect(choices[0]!.message.tool_calls ?? []).toEqual([]);
      }
    });

    it.each(WAYS)("is JSON alone when json_object is asked for (%s)", async (_, ask) => {
      house.bedrock.enqueue({ content: [{ text: `Sure!\n\n\`\`\`json\n${JSON.stringify(EVENT)}\n\`\`\`` }] });
      const { choices } = await ask(client, {
        model: NOVA,
        messages: [user("The fair of 2026, as JSON")],
        response_format: { type: "json_object" },
      });
      expect(JSON.parse(choices[0]!.message.content!)).toEqual(EVENT);
    });

    it.each(WAYS)("comes n times, each choice whole, usage summed (%s)", async (_, ask) => {
      const usage = { inputTokens: 10, outputTokens: 4, totalTokens: 14 };
      house.bedrock.enqueue({ ...TWO_CALLS, usage }, { ...TWO_CALLS, usage });
      const completion = await ask(client, {
        ...HELLO,
        n: 2,
        stream_options: { include_usage: true },
        tools: weatherTools([]),
      });
      expect(completion.choices.map(({ index }) => index)).toEqual([0, 1]);
      for (const { message, finish_reason } of completion.choices) {
        expect(message.content).toBe("Let me look.");
        expect(message.tool_calls!.map(({ id }) => id)).toEqual(["tooluse_a", "tooluse_b"]);
        expect(finish_reason).toBe("tool_calls");
      }
      expect(completion.usage).toMatchObject({ prompt_tokens: 20, completion_tokens: 8, total_tokens: 28 });
      expect(house.bedrock.requests).toHaveLength(2);
    });

    it("sees an image, and reads a file", async () => {
      const image = { type: "image_url" as const, image_url: { url: `data:image/png;base64,${PNG}` } };
      const seen = await client.chat.completions.create({ model: NOVA, messages: [user([image])] });
      expect(seen.choices[0]!.message.content).toContain("I see a PNG image, 1×1 pixels");
      expect(lastTurn(house)).toContainEqual({ image: { format: "png", source: { bytes: PNG } } });

      const file = { filename: "Annual report_2026.pdf", file_data: `data:application/pdf;base64,${PDF}` };
      const read = await client.chat.completions.create({
        model: CLAUDE,
        messages: [user([{ type: "file", file }])],
      });
      expect(read.choices[0]!.message.content).toMatch(
        /I read the document "Annual report.*" \(PDF, 15 bytes/,
      );
      const document = { format: "pdf", source: { bytes: PDF } };
      expect(lastTurn(house)).toContainEqual({ document: expect.objectContaining(document) as unknown });
    });

    it("thinks aloud, whole and in chunks, and hands out what proves the thought", async () => {
      const thinking_blocks = [
        { type: "thinking", thinking: "Two and two, let me see.", signature: "c2lnbmVk" },
      ];
      house.bedrock.enqueue(REASONED, REASONED);
      const { choices } = await client.chat.completions.create(HELLO);
      expect(choices[0]!.message).toMatchObject({
        content: "Four.",
        reasoning_content: "Two and two, let me see.",
        thinking_blocks,
      });
      const stream = await client.chat.completions.create({ ...HELLO, stream: true });
      const deltas: { reasoning_content?: string; thinking_blocks?: object[] }[] = [];
      for await (const chunk of stream) deltas.push(chunk.choices[0]!.delta as object);
      expect(deltas.map((delta) => delta.reasoning_content ?? "").join("")).toBe("Two and two, let me see.");
      expect(deltas.flatMap((delta) => delta.thinking_blocks ?? [])).toEqual(thinking_blocks);
    });

    it("of a model that thinks survives its tools, the message replayed as it came", async () => {
      const tools = weatherTools([]);
      const question = user('get_weather for "Oslo" please');
      const ask = async (...history: OpenAI7.ChatCompletionMessageParam[]): Promise<Message> => {
        const messages = [question, ...history];
        const body = { model: CLAUDE, messages, tools, reasoning_effort: "low" as const };
        return (await client.chat.completions.create(body)).choices[0]!.message;
      };
      const called = await ask();
      expect(called).toHaveProperty("reasoning_content", expect.stringContaining("The user wrote"));
      const tool_call_id = called.tool_calls![0]!.id;
      const final = await ask(called, { role: "tool", tool_call_id, content: "3 degrees" });
      expect(final.content).toContain("get_weather returned: 3 degrees");
      const [thought] = sent(house).messages[1]!.content;
      expect(thought!.reasoningContent!.reasoningText!.signature).toBeTruthy();
    });

    it("carries a custom tool's free text both ways", async () => {
      house.bedrock.enqueue(SQL);
      const body = { ...HELLO, tools: [SQL_TOOL] };
      const { message, finish_reason } = (await client.chat.completions.create(body)).choices[0]!;
      const [call] = message.tool_calls!;
      expect(call).toMatchObject({ type: "custom", custom: { name: "run_sql", input: "SELECT 1" } });
      expect(finish_reason).toBe("tool_calls");
      const result = { role: "tool" as const, tool_call_id: call!.id, content: "one row" };
      const messages = [...HELLO.messages, message, result];
      const final = await client.chat.completions.create({ ...body, messages });
      expect(final.choices[0]!.message.content).toContain("run_sql returned: one row");
    });

    it("speaks the functions of old to its final answer", async () => {
      const functions = [WEATHER];
      const question = user('get_weather for "Oslo" please');
      const { choices } = await client.chat.completions.create({
        model: CLAUDE,
        messages: [question],
        functions,
      });
      expect(choices[0]).toMatchObject({
        finish_reason: "function_call",
        message: { function_call: { name: "get_weather", arguments: '{"city":"Oslo"}' } },
      });
      const result = { role: "function" as const, name: "get_weather", content: "3 degrees" };
      const messages = [question, choices[0]!.message, result];
      const final = await client.chat.completions.create({ model: CLAUDE, messages, functions });
      expect(final.choices[0]!.message.content).toContain("3 degrees");
    });

    it("says where it read what it cites", async () => {
      const web = { url: "https://example.com/a", domain: "example.com" };
      const citations = [{ title: "News", location: { web } }];
      house.bedrock.enqueue({
        content: [{ citationsContent: { content: [{ text: "It snows." }], citations } }],
      });
      const { choices } = await client.chat.completions.create(HELLO);
      const url_citation = { url: web.url, title: "News", start_index: 0 };
      expect(choices[0]!.message).toMatchObject({
        content: "It snows.",
        annotations: [{ type: "url_citation", url_citation }],
      });
    });

    it("is made on the service tier that was asked for, and says so", async () => {
      const { service_tier } = await client.chat.completions.create({ ...HELLO, service_tier: "flex" });
      expect(sent(house)).toMatchObject({ serviceTier: { type: "flex" } });
      expect(service_tier).toBe("flex");
    });
  });

  it("streams a custom tool's free text, which OpenAI's schema has no words for yet", async () => {
    const { chat } = new OpenAI({ ...accessTo(house), maxRetries: 0 });
    house.bedrock.enqueue(SQL);
    const body = { ...HELLO, tools: [SQL_TOOL], stream: true as const };
    const chunks = await drained(await chat.completions.create(body));
    const [first, ...rest] = chunks.flatMap(({ choices }) => choices[0]?.delta.tool_calls ?? []);
    expect(first).toMatchObject({ index: 0, id: "tooluse_1", type: "custom", custom: { name: "run_sql" } });
    expect([first!, ...rest].map(({ custom }) => custom?.input ?? "").join("")).toBe("SELECT 1");
    expect(rest.filter((each) => "id" in each || "type" in each)).toEqual([]);
  });

  describe("what goes wrong", () => {
    beforeEach(() => {
      client = new OpenAI({ ...accessTo(house), maxRetries: 0 });
    });

    it.each(WAYS)("before the first word is the client's own class of error (%s)", async (_, ask) => {
      house.bedrock.enqueue(THROTTLED, INVALID);
      await expect(ask(client, HELLO)).rejects.toMatchObject({
        constructor: OpenAI.RateLimitError,
        code: "rate_limit_exceeded",
        requestID: expect.stringMatching(/^req_/) as unknown,
      });
      await expect(ask(client, HELLO)).rejects.toMatchObject({
        constructor: OpenAI.BadRequestError,
        message: expect.stringContaining("not amused") as unknown,
      });
    });

    it("by the caller's own fault is not tried again", async () => {
      house.bedrock.enqueue(INVALID, INVALID, INVALID);
      const patient = new OpenAI({ ...accessTo(house), maxRetries: 2 });
      await expect(patient.chat.completions.create(HELLO)).rejects.toBeInstanceOf(OpenAI.BadRequestError);
      expect(house.bedrock.requests).toHaveLength(1);
    });

    it("in the middle is an error for everyone who reads: loop, helper and tool runner", async () => {
      house.bedrock.enqueue(BREAKING, BREAKING, BREAKING);
      const failure = { constructor: OpenAI.APIError, code: "model_stream_error" };
      const stream = await client.chat.completions.create({ ...HELLO, stream: true });
      await expect(drained(stream)).rejects.toMatchObject(failure);
      const helper = client.chat.completions.stream(HELLO);
      await expect(helper.finalChatCompletion()).rejects.toMatchObject({ code: "model_stream_error" });
      const runner = runTools({ ...HELLO, tools: weatherTools([]) }, true);
      await expect(runner.finalContent()).rejects.toMatchObject({ code: "model_stream_error" });
    });

    it("when an answer is cut or filtered is never parsed as if it were whole", async () => {
      const body = { ...HELLO, response_format: zodResponseFormat(Event, "event") };
      for (const [stopReason, name, finish_reason] of [
        ["max_tokens", "LengthFinishReasonError", "length"],
        ["content_filtered", "ContentFilterFinishReasonError", "content_filter"],
      ] as const) {
        const reply = { content: [{ text: '{"name":"Sci' }], stopReason };
        house.bedrock.enqueue(reply, reply, reply);
        const failure = { constructor: expect.objectContaining({ name }) as unknown };
        await expect(client.chat.completions.parse(body)).rejects.toMatchObject(failure);
        const streamed = client.chat.completions.stream(body).finalChatCompletion();
        await expect(streamed).rejects.toMatchObject(failure);
        const { choices } = await client.chat.completions.create(HELLO);
        expect(choices[0]).toMatchObject({ finish_reason, message: { content: '{"name":"Sci' } });
      }
    });

    it("for a moment is tried again by the client alone", async () => {
      house.bedrock.enqueue({ error: { name: "ModelTimeoutException", message: "late" } });
      const patient = new OpenAI({ ...accessTo(house), maxRetries: 1 });
      const { choices } = await patient.chat.completions.create(HELLO);
      expect(choices[0]!.message.content).toContain("Hello");
      expect(house.bedrock.requests).toHaveLength(2);
    });

    it("is nothing but silence for a caller who aborts: the model stops", async () => {
      house.bedrock.enqueue(SLOW, SLOW);
      const controller = new AbortController();
      const stream = await client.chat.completions.create(
        { ...HELLO, stream: true },
        { signal: controller.signal },
      );
      await stream[Symbol.asyncIterator]().next();
      controller.abort();
      await callerLeft(house);

      const helper = client.chat.completions.stream(HELLO);
      await helper.emitted("content");
      helper.abort();
      await expect(helper.done()).rejects.toBeInstanceOf(OpenAI.APIUserAbortError);
      await callerLeft(house);
      await eventually(() => house.bedrock.openRequests === 0);
    });
  });
});
