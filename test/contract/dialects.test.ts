import OpenAI7 from "openai";
import OpenAI6 from "openai6";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { JsonObject } from "../../src/conversation/types.ts";
import { type House, openHouse } from "../support/bedrock.ts";
import { accessTo, PNG, TWO_CALLS } from "../support/clients.ts";
import { schemaCheckedFetch } from "../support/openai-schema.ts";
import { ask, assistant, finishOf, invoked, notesOf, sentBody, textIn, user } from "./dialects.ts";
import { DIALECT_ROWS, SAMPLED, targetOf } from "./dialects-table.ts";

/** What each dialect does with everything that a caller of Chat Completions may want. */

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterEach(() => {
  expect(house.logged).toEqual([]);
  house.bedrock.reset();
});
afterAll(() => house.bedrock.close());

/** Members of bodies that hold the conversation or are always the same. */
const CONVERSATION = new Set([
  "prompt",
  "messages",
  "message",
  "inputText",
  "inputPrompt",
  "mediaSource",
  "anthropic_version",
  "schemaVersion",
  "stream",
  "stream_options",
]);

const knobsIn = (body: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(body).filter(([name]) => !CONVERSATION.has(name)));

const SCHEMA = {
  type: "object",
  properties: { a: { type: "string" } },
  required: ["a"],
  additionalProperties: false,
};
const JSON_SCHEMA = {
  response_format: { type: "json_schema", json_schema: { name: "out", schema: SCHEMA } },
};
const CITY = { type: "object", properties: { city: { type: "string" } }, required: ["city"] };
const TOOLS = [
  { type: "function", function: { name: "get_weather", description: "The weather", parameters: CITY } },
  {
    type: "function",
    function: { name: "get_time", description: "The hour", parameters: { type: "object", properties: {} } },
  },
];
const IMAGE = { type: "image_url", image_url: { url: `data:image/png;base64,${PNG}` } };

/** In whatever order. */
const SAID = /(?=.*Be brief\.)(?=.*first)(?=.*second)(?=.*third)/;

const WAYS = [{ stream: false }, { stream: true }];

describe.each([
  { version: "openai 7", OpenAI: OpenAI7 },
  // One test for both: where the two differ in types, 7 speaks for them.
  { version: "openai 6", OpenAI: OpenAI6 as unknown as typeof OpenAI7 },
])("$version", ({ OpenAI }) => {
  it.each(DIALECT_ROWS)("talks with $model, whole and streamed alike", async ({ model, counts }) => {
    const access = accessTo(house);
    const checked = schemaCheckedFetch(access.fetch);
    const client = new OpenAI({ ...access, fetch: checked.fetch, maxRetries: 0 });
    const body = {
      model,
      messages: [
        { role: "system", content: "Be brief." },
        user("first"),
        assistant("second"),
        user("third", model),
      ],
    } as unknown as OpenAI7.ChatCompletionCreateParamsNonStreaming;
    const told = await client.chat.completions.create(body);
    const folded = await client.chat.completions
      .stream({ ...body, stream: true, stream_options: { include_usage: true } })
      .finalChatCompletion();
    expect(told.choices[0]?.message.content).toMatch(/You said: .*third\n/s);
    expect(folded.choices[0]?.message.content).toBe(told.choices[0]?.message.content);
    expect([told, folded].map(({ choices }) => choices[0]?.finish_reason)).toEqual(["stop", "stop"]);
    expect([told.model, folded.model]).toEqual(Array(2).fill(targetOf(model).modelId));
    expect(told.usage!.total_tokens > 0).toBe(counts !== "nobody");
    expect(folded.usage!.total_tokens).toBeGreaterThan(0);
    for (const { body: sent } of invoked(house)) expect(JSON.stringify(sent)).toMatch(SAID);
    expect(await checked.settled()).toBeGreaterThan(0);
  });
});

describe.each(DIALECT_ROWS)("$model", (row) => {
  const { model } = row;
  const messages = [user("one two three", model)];

  describe.each(WAYS)("(stream: $stream)", (way) => {
    it("is called by InvokeModel, streamed where it streams", async () => {
      const told = await ask(house.handler, { model, messages }, way);
      const { modelId, traits } = targetOf(model);
      expect(invoked(house).map((request) => [request.operation, request.modelId])).toEqual([
        [way.stream && traits.streaming ? "InvokeModelWithResponseStream" : "InvokeModel", modelId],
      ]);
      expect(notesOf(told, "emulated")).toEqual(way.stream && !traits.streaming ? ["stream"] : []);
    });

    it("goes on with the assistant's words, or is asked to", async () => {
      const told = await ask(
        house.handler,
        { model, messages: [...messages, assistant("The answer is")] },
        way,
      );
      if (row.prefill) expect(textIn(told)).toBe(" … and so it goes on. You said: one two three");
      else expect(notesOf(told, "added")).toEqual(["messages"]);
    });

    it("stops at a stop sequence, or is cut at it", async () => {
      const told = await ask(house.handler, { model, messages, stop: "two" }, way);
      expect(textIn(told)).toMatch(/You said: one $/);
      expect(finishOf(told)).toBe("stop");
      expect(notesOf(told, "emulated").includes("stop")).toBe(!targetOf(model).traits.stopSequences);
    });

    it("stops at the limit, and says so", async () => {
      const told = await ask(house.handler, { model, messages, max_tokens: 2 }, way);
      expect([finishOf(told), textIn(told).length]).toEqual(["length", 8]);
    });

    it("is told how to sample in its own words, and the caller what it is not told", async () => {
      const told = await ask(house.handler, { model, messages, ...SAMPLED }, way);
      expect(knobsIn(sentBody(house))).toEqual(row.knobs);
      expect(notesOf(told, "dropped")).toEqual(row.drops);
    });

    it("counts what its answer cost, or nothing", async () => {
      const usage = { inputTokens: 7, outputTokens: 3, totalTokens: 10 };
      house.bedrock.enqueue({ content: [{ text: "a b" }], usage });
      const { answer } = await ask(house.handler, { model, messages }, way);
      const counted = {
        all: [7, 3, 10],
        own: [3, 2, 5],
        nobody: way.stream ? [7, 3, 10] : [0, 0, 0],
      };
      const { prompt_tokens: prompt, completion_tokens: completion, total_tokens: total } = answer.usage!;
      expect([prompt, completion, total]).toEqual(counted[row.counts]);
    });

    it("answers several times where several answers are wanted", async () => {
      house.bedrock.enqueue({ content: [{ text: "a" }] }, { content: [{ text: "b" }] });
      const { answer } = await ask(house.handler, { model, messages, n: 2 }, way);
      expect(answer.choices.map(({ index }) => index)).toEqual([0, 1]);
      expect(answer.choices.map(({ message }) => message.content).toSorted()).toEqual(["a", "b"]);
      expect(invoked(house)).toHaveLength(2);
    });

    it("tells what it thinks apart from what it says", async () => {
      house.bedrock.enqueue({
        content: [{ reasoningContent: { reasoningText: { text: "hm" } } }, { text: "x" }],
      });
      const { answer } = await ask(house.handler, { model, messages }, way);
      const { content, reasoning_content: thought } = answer.choices[0]!.message;
      if (row.thinks) expect([thought?.trim(), content]).toEqual(["hm", "x"]);
      else expect(content).toMatch(/x$/);
    });

    it("calls tools, is told their results, or refuses to be offered any", async () => {
      house.bedrock.enqueue(TWO_CALLS);
      const told = await ask(house.handler, { model, messages, tools: TOOLS }, way);
      if (!row.tools) {
        expect(told).toMatchObject({ status: 400, error: { param: "tools", code: "unsupported_parameter" } });
        expect(invoked(house)).toEqual([]);
        return;
      }
      const { message } = told.answer.choices[0]!;
      expect([finishOf(told), message.content]).toEqual(["tool_calls", "Let me look."]);
      expect(message.tool_calls!.map((call) => "function" in call && call.function)).toEqual([
        { name: "get_weather", arguments: '{"city":"Oslo"}' },
        { name: "get_time", arguments: "{}" },
      ]);
      const [first, second] = message.tool_calls!;
      const results = [
        { role: "tool", tool_call_id: first!.id, content: "3 degrees" },
        { role: "tool", tool_call_id: second!.id, content: "noon" },
      ];
      const { role, content, tool_calls } = message;
      const history = [...messages, { role, content, tool_calls }, ...results];
      const after = await ask(house.handler, { model, messages: history, tools: TOOLS }, way);
      expect(textIn(after)).toMatch(/get_weather returned: .*3 degrees.*\n?get_time returned: .*noon/s);
    });

    it("keeps to a schema, in one way or another", async () => {
      const told = await ask(house.handler, { model, messages, ...JSON_SCHEMA }, way);
      expect(JSON.parse(textIn(told))).toEqual({ a: expect.any(String) });
      expect(finishOf(told)).toBe("stop");
      const body = JSON.stringify(sentBody(house));
      const how = /response_format|responseFormat|output_config/.test(body)
        ? "native"
        : /"tools"/.test(body)
          ? "tool"
          : "words";
      expect(how).toBe(row.format);
      expect(notesOf(told, "emulated")).toEqual(
        expect.arrayContaining(row.format === "native" ? [] : ["response_format"]),
      );
    });

    it("sees pictures, or says before anything is sent that it does not", async () => {
      const told = await ask(house.handler, { model, messages: [user("see", model, IMAGE)] }, way);
      if (row.images) expect(textIn(told)).toMatch(/^I see a PNG image, 1×1 pixels/);
      else {
        expect(told).toMatchObject({ status: 400, error: { param: "messages[0].content[1]" } });
        expect(invoked(house)).toEqual([]);
      }
    });
  });
});
