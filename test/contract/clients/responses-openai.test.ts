import OpenAI7 from "openai";
import {
  zodResponsesFunction as zodResponsesFunction7,
  zodTextFormat as zodTextFormat7,
} from "openai/helpers/zod";
import OpenAI6 from "openai6";
import {
  zodResponsesFunction as zodResponsesFunction6,
  zodTextFormat as zodTextFormat6,
} from "openai6/helpers/zod";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as z from "zod";
import { over } from "../../support/background.ts";
import { CLAUDE, eventually, type House, LLAMA, NOVA, openHouse } from "../../support/bedrock.ts";
import {
  callerLeft,
  drained,
  INVALID,
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
import {
  breakingOff,
  GPT,
  MODELS,
  type Reach,
  REACHES,
  resultsSent,
} from "../../support/response-clients.ts";

type Responses = OpenAI7["responses"];
type Body = OpenAI7.Responses.ResponseCreateParamsNonStreaming;
type Answer = OpenAI7.Responses.Response;
type InputItem = OpenAI7.Responses.ResponseInputItem;
type FunctionCall = OpenAI7.Responses.ResponseFunctionToolCall;

const openai7 = {
  OpenAI: OpenAI7,
  zodResponsesFunction: zodResponsesFunction7,
  zodTextFormat: zodTextFormat7,
};
// One test for both: where the two differ in types, 7 speaks for them.
const openai6 = {
  OpenAI: OpenAI6 as unknown as typeof OpenAI7,
  zodResponsesFunction: zodResponsesFunction6 as unknown as typeof zodResponsesFunction7,
  zodTextFormat: zodTextFormat6 as unknown as typeof zodTextFormat7,
};

const CLIENTS = [
  { client: "openai 7", reach: "in process", ...openai7 },
  { client: "openai 7", reach: "over HTTP", ...openai7 },
  { client: "openai 6", reach: "in process", ...openai6 },
];

/** A response, asked for whole or folded by the client's own helper. */
const WAYS: [string, (responses: Responses, body: Body) => Promise<Answer>][] = [
  ["create()", (responses, body) => responses.create(body)],
  ["stream()", (responses, body) => responses.stream({ ...body, stream: true }).finalResponse()],
];

const WEATHER = {
  type: "function" as const,
  name: "get_weather",
  description: "The weather of a city",
  parameters: {
    type: "object",
    properties: { city: { type: "string" } },
    required: ["city"],
    additionalProperties: false,
  },
  strict: true,
};
const TIME = {
  type: "function" as const,
  name: "get_time",
  description: "The hour",
  parameters: { type: "object", properties: {}, additionalProperties: false },
  strict: false,
};

const callsOf = ({ output }: Answer): FunctionCall[] =>
  output.filter((item) => item.type === "function_call");
const answerTo = ({ call_id, name }: FunctionCall): InputItem => ({
  type: "function_call_output",
  call_id,
  output: name === "get_time" ? "noon" : "3 degrees",
});
const user = (text: string): InputItem => ({ role: "user", content: text });

const Event = z.object({ name: z.string(), year: z.number() });
const EVENT = { name: "Science Fair", year: 2026 };

describe.each(CLIENTS)("$client $reach", ({ reach, OpenAI, zodResponsesFunction, zodTextFormat }) => {
  let house: House;
  let reached: Reach;
  let client: OpenAI7;
  beforeEach(async () => {
    house = await openHouse();
    reached = await REACHES[reach]!(house.handler);
    client = new OpenAI({ ...reached, maxRetries: 0 });
  });
  afterEach(async () => {
    await reached.close();
    await house.bedrock.close();
    expect(await reached.settled()).toBeGreaterThanOrEqual(0);
  });

  describe.each(MODELS)("%s", (model) => {
    it.each(WAYS)("gives the words, how they ended and what they cost (%s)", async (_, ask) => {
      const usage = { inputTokens: 10, outputTokens: 5, totalTokens: 15 };
      house.bedrock.enqueue({ content: [{ text: "one two three" }], usage });
      const answer = await ask(client.responses, { model, instructions: "Be brief.", input: "Count" });
      expect(answer).toMatchObject({
        object: "response",
        status: "completed",
        output_text: "one two three",
        usage: { input_tokens: 10, output_tokens: 5, total_tokens: 15 },
        instructions: "Be brief.",
        store: true,
      });
      expect(JSON.stringify(house.bedrock.requests[0]!.body)).toContain("Be brief.");
    });

    it("speaks by its events, each with what was said so far", async () => {
      house.bedrock.enqueue({ content: [{ text: "one two three" }] });
      const snapshots: string[] = [];
      const stream = client.responses
        .stream({ model, input: "Count" })
        .on("response.output_text.delta", ({ snapshot }) => void snapshots.push(snapshot));
      const types = (await drained(stream)).map(({ type }) => type);
      expect(types[0]).toBe("response.created");
      expect(types.at(-1)).toBe("response.completed");
      expect(snapshots.length).toBeGreaterThan(1);
      expect(snapshots.at(-1)).toBe("one two three");
      expect((await stream.finalResponse()).output_text).toBe("one two three");
    });

    describe.each(WAYS)("%s", (_, ask) => {
      it("calls two tools at once, and goes on with the whole history to the final answer", async () => {
        house.bedrock.enqueue(TWO_CALLS);
        const body = { model, tools: [WEATHER, TIME], store: false };
        const input = [user("Oslo?")];
        const first = await ask(client.responses, { ...body, input });
        const calls = callsOf(first);
        expect(first.output_text).toBe("Let me look.");
        expect(calls.map(({ name, arguments: json }) => [name, json])).toEqual([
          ["get_weather", '{"city":"Oslo"}'],
          ["get_time", "{}"],
        ]);
        expect(new Set(calls.flatMap(({ id, call_id }) => [id, call_id])).size).toBe(4);
        const history = [...input, ...(first.output as InputItem[]), ...calls.map(answerTo)];
        const final = await ask(client.responses, { ...body, input: history });
        expect(final.output_text).toMatch(/get_weather returned: 3 degrees\nget_time returned: noon/);
        expect(resultsSent(house)).toEqual(["3 degrees", "noon"]);
      });

      it("goes on from the response before, which is kept for it", async () => {
        house.bedrock.enqueue(TWO_CALLS);
        const body = { model, tools: [WEATHER, TIME] };
        const first = await ask(client.responses, { ...body, input: "Oslo?" });
        const final = await ask(client.responses, {
          ...body,
          previous_response_id: first.id,
          input: callsOf(first).map(answerTo),
        });
        expect(final).toMatchObject({
          previous_response_id: first.id,
          output_text: expect.stringMatching(/3 degrees\nget_time returned: noon/) as unknown,
        });
        const last = { ...body, previous_response_id: final.id, input: "And what did I ask first?" };
        await ask(client.responses, last);
        expect(JSON.stringify(house.bedrock.requests.at(-1)!.body)).toContain("Oslo?");
        expect(resultsSent(house)).toEqual(["3 degrees", "noon"]);
      });

      it("thinks, and its thoughts stay good while its tools run, though nothing is kept", async () => {
        const body = {
          model,
          tools: [WEATHER],
          store: false,
          include: ["reasoning.encrypted_content" as const],
          reasoning: { effort: "low" as const, summary: "auto" as const },
        };
        const input = [user('get_weather for "Oslo" please')];
        const first = await ask(client.responses, { ...body, input });
        const thought = first.output.find(({ type }) => type === "reasoning");
        expect(thought !== undefined).toBe(model !== NOVA);
        if (thought) expect(thought).toMatchObject({ encrypted_content: expect.any(String) as unknown });
        const history = [...input, ...(first.output as InputItem[]), ...callsOf(first).map(answerTo)];
        const final = await ask(client.responses, { ...body, input: history });
        expect(final.output_text).toContain("3 degrees");
      });

      it("is incomplete, not failed, when the words ran out", async () => {
        house.bedrock.enqueue({ content: [{ text: '{"name":"Sci' }], stopReason: "max_tokens" });
        expect(await ask(client.responses, { model, input: "x" })).toMatchObject({
          status: "incomplete",
          incomplete_details: { reason: "max_output_tokens" },
          output_text: '{"name":"Sci',
        });
      });
    });

    it("parses what a zod schema asked for, whole and streamed", async () => {
      const body = {
        model,
        input: 'The "Science Fair" of 2026',
        text: { format: zodTextFormat(Event, "event") },
      };
      if (model !== NOVA) house.bedrock.enqueue(SAYS(EVENT), SAYS(EVENT));
      expect((await client.responses.parse(body)).output_parsed).toEqual(EVENT);
      expect((await client.responses.stream(body).finalResponse()).output_parsed).toEqual(EVENT);
      house.bedrock.enqueue({ content: [{ text: '{"name":"Sci' }], stopReason: "max_tokens" });
      const cut = await client.responses.parse(body);
      expect([cut.status, cut.output_parsed]).toEqual(["incomplete", null]);
    });

    it("parses the arguments of zod's functions", async () => {
      const parameters = z.object({ city: z.string() });
      const tools = [zodResponsesFunction({ name: "get_weather", parameters })];
      const body = { model, input: 'get_weather for "Oslo" please', tools };
      for (const { output } of [
        await client.responses.parse(body),
        await client.responses.stream(body).finalResponse(),
      ])
        expect(output).toContainEqual(
          expect.objectContaining({ name: "get_weather", parsed_arguments: { city: "Oslo" } }),
        );
    });

    it("sees an image that came along", async () => {
      const image = {
        type: "input_image" as const,
        image_url: `data:image/png;base64,${PNG}`,
        detail: "auto" as const,
      };
      const question = { type: "input_text" as const, text: "What is it?" };
      const seen = await client.responses.create({
        model,
        input: [{ role: "user", content: [question, image] }],
      });
      if (model !== GPT) expect(seen.output_text).toContain("I see a PNG image, 1×1 pixels");
      expect(JSON.stringify(house.bedrock.requests[0]!.body)).toContain(PNG);
    });

    it("works in the background while the caller is elsewhere, and tells all of it again to who comes later", async () => {
      house.bedrock.enqueue({ content: [{ text: "one two three" }], delayMs: 5 });
      const body = { model, input: "Count", background: true };
      const stream = await client.responses.create({ ...body, stream: true });
      let id = "";
      let seen = -1;
      for await (const event of stream) {
        if (event.type === "response.created") ({ id } = event.response);
        seen = event.sequence_number;
        if (event.type === "response.output_item.added") break;
      }
      const rest = await client.responses.retrieve(id, { stream: true, starting_after: seen });
      const numbers = (await drained(rest)).map((event) => event.sequence_number);
      expect(numbers).toEqual(numbers.map((_, index) => seen + 1 + index));
      expect((await over(client, id)).output_text).toBe("one two three");
      const again = client.responses.stream({ response_id: id, starting_after: seen });
      expect((await drained(again)).map((event) => event.sequence_number)).toEqual(numbers);
      expect((await again.finalResponse()).output_text).toBe("one two three");
    });
  });

  it("is polled until it is there, or cancelled", async () => {
    house.bedrock.enqueue({ content: [{ text: "Done." }], headersDelayMs: 30 });
    const first = await client.responses.create({ model: CLAUDE, input: "x", background: true });
    expect(first.status).toBe("queued");
    expect((await over(client, first.id)).output_text).toBe("Done.");
    house.bedrock.enqueue(SLOW);
    const second = await client.responses.create({ model: GPT, input: "x", background: true });
    await eventually(() => house.bedrock.openRequests > 0);
    expect((await client.responses.cancel(second.id)).status).toBe("cancelled");
    await eventually(() => house.bedrock.openRequests === 0);
    expect((await client.responses.retrieve(second.id)).status).toBe("cancelled");
    await expect(client.responses.cancel("resp_none")).rejects.toBeInstanceOf(OpenAI.NotFoundError);
  });

  it("pages through what was asked, and forgets it", async () => {
    const input = ["one", "two", "three", "four", "five"].map(user);
    const { id } = await client.responses.create({
      model: NOVA,
      input: input.flatMap((each) => [each, said()]),
    });
    const pages = client.responses.inputItems.list(id, { limit: 3, order: "asc" });
    const texts = (await drained(pages)).map((item) => (item.type === "message" ? item.content[0] : {}));
    expect(texts.filter((_, index) => index % 2 === 0)).toMatchObject(
      input.map((each) => ({ type: "input_text", text: (each as { content: string }).content })),
    );
    expect(texts).toHaveLength(10);
    const newest = await client.responses.inputItems.list(id, { limit: 1 });
    expect(newest).toMatchObject({ has_more: true, data: [{ role: "assistant" }] });
    await client.responses.delete(id);
    await expect(client.responses.retrieve(id)).rejects.toBeInstanceOf(OpenAI.NotFoundError);
  });

  it("keeps a conversation that several responses share", async () => {
    const { conversations, responses } = client;
    const conversation = await conversations.create({
      metadata: { of: "mine" },
      items: [user("I am Ada.") as never],
    });
    house.bedrock.enqueue({ content: [{ text: "Hello, Ada." }] }, { content: [{ text: "Ada." }] });
    const first = await responses.create({ model: CLAUDE, conversation: conversation.id, input: "Hi" });
    expect(first.conversation).toEqual({ id: conversation.id });
    await responses
      .stream({ model: NOVA, conversation: { id: conversation.id }, input: "Who am I?" })
      .finalResponse();
    expect(sent(house).messages.map(({ role }) => role)).toEqual(["user", "assistant", "user"]);
    const items = await drained(conversations.items.list(conversation.id, { order: "asc", limit: 2 }));
    expect(items.map((item) => item.type === "message" && item.role)).toEqual([
      "user",
      "user",
      "assistant",
      "user",
      "assistant",
    ]);
    await conversations.items.delete(items[0]!.id!, { conversation_id: conversation.id });
    const added = await conversations.items.create(conversation.id, { items: [user("Bye") as never] });
    expect(added.data).toMatchObject([{ role: "user", content: [{ type: "input_text", text: "Bye" }] }]);
    expect(
      await conversations.items.retrieve(added.data[0]!.id!, { conversation_id: conversation.id }),
    ).toMatchObject({ role: "user" });
    expect((await conversations.update(conversation.id, { metadata: { of: "yours" } })).metadata).toEqual({
      of: "yours",
    });
    expect(await conversations.delete(conversation.id)).toMatchObject({ deleted: true });
    await expect(conversations.retrieve(conversation.id)).rejects.toBeInstanceOf(OpenAI.NotFoundError);
  });

  it("counts what a request would cost, and makes a long history short", async () => {
    const input = [user("I am Ada."), said("Hello, Ada."), user("I live in Oslo.")];
    const { input_tokens } = await client.responses.inputTokens.count({ model: CLAUDE, input });
    expect(input_tokens).toBeGreaterThan(5);
    house.bedrock.enqueue({ content: [{ text: "Ada was greeted." }] });
    const compacted = await client.responses.compact({ model: CLAUDE, input });
    expect(compacted.output.map(({ type }) => type)).toEqual(["message", "message", "compaction"]);
    await client.responses.create({
      model: NOVA,
      input: [...(compacted.output as InputItem[]), user("Who am I?")],
    });
    expect(JSON.stringify(sent(house))).toContain("Ada was greeted.");
    expect(JSON.stringify(sent(house))).not.toContain("Hello, Ada.");
  });

  it("runs a tool whose name Bedrock refuses under that name", async () => {
    const tools = [{ ...WEATHER, name: REFUSED_NAME }];
    const body = { model: LLAMA, input: 'The weather service for "Oslo", please', tools };
    const first = await client.responses.stream(body).finalResponse();
    const [call] = callsOf(first);
    expect(call).toMatchObject({ name: REFUSED_NAME, arguments: '{"city":"Oslo"}' });
    expect(toolNames(house)[0]).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
    const final = await client.responses.create({
      ...body,
      previous_response_id: first.id,
      input: [answerTo(call!)],
    });
    expect(final.output_text).toContain("3 degrees");
  });

  it.each(WAYS)("carries a custom tool's free text both ways, also in a namespace (%s)", async (_, ask) => {
    const sql = { type: "custom" as const, name: "run_sql", description: "Runs SQL" };
    const names = { type: "namespace" as const, name: "db", description: "A database", tools: [WEATHER] };
    const called = { toolUseId: "tooluse_1", name: "run_sql", input: { input: "SELECT 1" } };
    const spaced = { toolUseId: "tooluse_2", name: "db__get_weather", input: { city: "Oslo" } };
    house.bedrock.enqueue({ content: [{ toolUse: called }, { toolUse: spaced }] });
    const body = { model: CLAUDE, tools: [sql, names] };
    const first = await ask(client.responses, { ...body, input: "Count the rows" });
    expect(first.output).toMatchObject([
      { type: "custom_tool_call", name: "run_sql", input: "SELECT 1", call_id: "tooluse_1" },
      { type: "function_call", name: "get_weather", namespace: "db", arguments: '{"city":"Oslo"}' },
    ]);
    const final = await ask(client.responses, {
      ...body,
      previous_response_id: first.id,
      input: [
        { type: "custom_tool_call_output", call_id: "tooluse_1", output: "one row" },
        { type: "function_call_output", call_id: "tooluse_2", output: "3 degrees" },
      ],
    });
    expect(final.output_text).toMatch(/run_sql returned: one row\n.*3 degrees/);
  });

  it("shows its thoughts as a summary, in pieces and whole", async () => {
    house.bedrock.enqueue(REASONED, REASONED);
    const body = { model: CLAUDE, input: "2 + 2?", reasoning: { summary: "auto" as const } };
    const summary = [{ type: "summary_text", text: "Two and two, let me see." }];
    const { output } = await client.responses.create(body);
    expect(output).toMatchObject([{ type: "reasoning", summary }, { type: "message" }]);
    const told = await drained(client.responses.stream(body));
    const deltas = told.map((event) =>
      event.type === "response.reasoning_summary_text.delta" ? event.delta : "",
    );
    expect(deltas.join("")).toBe(summary[0]!.text);
  });

  it("reads a file that came along", async () => {
    const file = {
      type: "input_file" as const,
      filename: "report.pdf",
      file_data: `data:application/pdf;base64,${PDF}`,
    };
    const read = await client.responses.create({ model: CLAUDE, input: [{ role: "user", content: [file] }] });
    expect(read.output_text).toMatch(/I read the document "report.*" \(PDF, 15 bytes/);
  });

  describe("a failure", () => {
    it.each([CLAUDE, GPT])("of AWS's is the client's own error, whole and streamed (%s)", async (model) => {
      const { RateLimitError, BadRequestError, InternalServerError, PermissionDeniedError } = OpenAI;
      for (const [name, kind, status] of [
        ["ThrottlingException", RateLimitError, 429],
        ["ServiceUnavailableException", InternalServerError, 503],
        ["ValidationException", BadRequestError, 400],
        ["AccessDeniedException", PermissionDeniedError, 403],
      ] as const) {
        const reply = { error: { name, message: "AWS says no." } };
        house.bedrock.enqueue(reply, reply);
        for (const stream of [false, true]) {
          const failing = client.responses.create({ model, input: "x", stream });
          await expect(failing).rejects.toBeInstanceOf(kind);
          await expect(failing).rejects.toMatchObject({
            status,
            requestID: expect.stringMatching(/^req_/) as unknown,
          });
        }
      }
    });

    it("of the caller's says which parameter it is, and costs nothing", async () => {
      const { responses } = client;
      const ask = (body: object) => responses.create({ model: CLAUDE, input: "x", ...body });
      const output = { type: "function_call_output", call_id: "call_of_nobody", output: "42" };
      for (const [body, failure] of [
        [
          { previous_response_id: "resp_none" },
          { code: "previous_response_not_found", param: "previous_response_id" },
        ],
        [{ input: [output] }, { message: expect.stringContaining("call_of_nobody") as unknown }],
        [{ input: [{ type: "item_reference", id: "msg_none" }] }, { param: "input" }],
        [{ previous_response_id: "resp_a", conversation: "conv_b" }, {}],
        [{ max_output_tokens: 0 }, { param: "max_output_tokens" }],
        [{ background: true, store: false }, { param: "background" }],
      ] as const) {
        await expect(ask(body)).rejects.toMatchObject(failure);
        await expect(ask(body)).rejects.toSatisfy(
          (thrown) => thrown instanceof OpenAI.BadRequestError || thrown instanceof OpenAI.NotFoundError,
        );
      }
      await expect(responses.retrieve("resp_none")).rejects.toBeInstanceOf(OpenAI.NotFoundError);
      await expect(responses.delete("resp_none")).rejects.toBeInstanceOf(OpenAI.NotFoundError);
      expect(house.bedrock.requests).toEqual([]);
    });

    it.each(MODELS)(
      "in the middle is an error for everyone who reads, loop and helper (%s)",
      async (model) => {
        house.bedrock.enqueue(breakingOff(model), breakingOff(model));
        const failure = { constructor: OpenAI.APIError, code: "stream_interrupted" };
        const stream = await client.responses.create({ model, input: "x", stream: true });
        await expect(drained(stream)).rejects.toMatchObject(failure);
        const helper = client.responses.stream({ model, input: "x" });
        await expect(helper.finalResponse()).rejects.toMatchObject({ code: "stream_interrupted" });
      },
    );

    it("for a moment is tried again by the client alone", async () => {
      const patient = new OpenAI({ ...reached, maxRetries: 1 });
      house.bedrock.enqueue(
        { error: { name: "ModelTimeoutException", message: "late" } },
        THROTTLED,
        INVALID,
      );
      await expect(patient.responses.create({ model: CLAUDE, input: "x" })).rejects.toMatchObject({
        status: 429,
      });
      expect(house.bedrock.requests).toHaveLength(2);
      await expect(patient.responses.create({ model: CLAUDE, input: "x" })).rejects.toMatchObject({
        status: 400,
      });
      expect(house.bedrock.requests).toHaveLength(3);
    });
  });

  it.each(MODELS)("stops the model when its caller aborts (%s)", async (model) => {
    house.bedrock.enqueue(SLOW, SLOW, SLOW);
    const controller = new AbortController();
    const { signal } = controller;
    const stream = await client.responses.create({ model, input: "x", stream: true }, { signal });
    await stream[Symbol.asyncIterator]().next();
    controller.abort();
    await callerLeft(house);

    const helper = client.responses.stream({ model, input: "x" });
    await helper.emitted("response.output_text.delta");
    helper.abort();
    await expect(helper.done()).rejects.toBeInstanceOf(OpenAI.APIUserAbortError);
    await callerLeft(house);

    for await (const event of await client.responses.create({ model, input: "x", stream: true }))
      if (event.type === "response.output_text.delta") break;
    await callerLeft(house);
    await eventually(() => house.bedrock.openRequests === 0);
  });
});

function said(text = "Yes."): InputItem {
  return { role: "assistant", content: text };
}
