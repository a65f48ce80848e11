import type OpenAI7 from "openai";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as z from "zod";
import { CLAUDE, type House, LLAMA, NOVA, openHouse } from "../../support/bedrock.ts";
import {
  drained,
  PDF,
  PNG,
  REASONED,
  REFUSED_NAME,
  SAYS,
  toolNames,
  TWO_CALLS,
} from "../../support/clients.ts";
import { GPT, MODELS, type Reach, REACHES, resultsSent } from "../../support/response-clients.ts";
import {
  type Answer,
  answerTo,
  callsOf,
  CLIENTS,
  type InputItem,
  TIME,
  user,
  WAYS,
  WEATHER,
} from "../../support/response-openai.ts";

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
      const answer: Answer = await ask(client.responses, {
        model,
        instructions: "Be brief.",
        input: "Count",
      });
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
  });

  it.each(WAYS)(
    "goes on with another model where one has left off, tools, thoughts and all (%s)",
    async (_, ask) => {
      const body = { tools: [WEATHER], reasoning: { effort: "low" as const } };
      let previous_response_id: string | null = null;
      let input: string | InputItem[] = 'get_weather for "Oslo" please';
      for (const model of [GPT, CLAUDE, NOVA, GPT, CLAUDE, GPT]) {
        const answer: Answer = await ask(client.responses, {
          ...body,
          model,
          input,
          previous_response_id,
        });
        expect([answer.status, answer.model]).toEqual(["completed", model]);
        const calls = callsOf(answer);
        if (calls.length === 0) expect(answer.output_text).toContain("3 degrees");
        input = calls.length > 0 ? calls.map(answerTo) : 'And get_weather for "Rome"?';
        previous_response_id = answer.id;
      }
      expect(resultsSent(house)).toEqual(["3 degrees", "3 degrees", "3 degrees"]);
    },
  );

  it("tells where it has read what it says", async () => {
    const web = { url: "https://example.com/sky" };
    const cited = {
      content: [{ text: "the sky is blue" }],
      citations: [{ title: "Sky", location: { web } }],
    };
    const reply = { content: [{ text: "So: " }, { citationsContent: cited }] };
    house.bedrock.enqueue(reply, reply);
    for (const [, ask] of WAYS) {
      const { output } = await ask(client.responses, { model: NOVA, input: "x" });
      const annotation = { type: "url_citation", start_index: 4, end_index: 19, title: "Sky", ...web };
      expect(output).toMatchObject([
        { content: [{ text: "So: the sky is blue", annotations: [annotation] }] },
      ]);
    }
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
});
