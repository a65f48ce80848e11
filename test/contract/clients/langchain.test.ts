import { ContextOverflowError } from "@langchain/core/errors";
import {
  AIMessage,
  type AIMessageChunk,
  type BaseMessage,
  HumanMessage,
  SystemMessage,
} from "@langchain/core/messages";
import { type StructuredToolInterface, tool } from "@langchain/core/tools";
import { ChatOpenAI, type ChatOpenAIFields } from "@langchain/openai";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as z from "zod";
import { CLAUDE, type House, LLAMA, MISTRAL, NEW_CLAUDE, NOVA, openHouse } from "../../support/bedrock.ts";
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

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.bedrock.close());

const chat = (model = CLAUDE, fields: ChatOpenAIFields = {}): ChatOpenAI => {
  const { apiKey, ...configuration } = accessTo(house);
  return new ChatOpenAI({ model, apiKey, configuration, maxRetries: 0, ...fields });
};

interface Asks {
  invoke(messages: BaseMessage[]): Promise<AIMessageChunk>;
  stream(messages: BaseMessage[]): Promise<AsyncIterable<AIMessageChunk>>;
}

const folded = async (stream: AsyncIterable<AIMessageChunk>): Promise<AIMessageChunk> =>
  (await drained(stream)).reduce((whole, chunk) => whole.concat(chunk));

/** An answer, asked for whole or folded from its chunks. */
const WAYS: [string, (model: Asks, messages: BaseMessage[]) => Promise<AIMessageChunk>][] = [
  ["invoke()", (model, messages) => model.invoke(messages)],
  ["stream()", async (model, messages) => folded(await model.stream(messages))],
];

const asked: unknown[] = [];
const weather = (name = "get_weather") =>
  tool(({ city }) => (asked.push(city), "3 degrees"), {
    name,
    description: "The weather of a city",
    schema: z.object({ city: z.string() }),
  });
const time = tool((args) => (asked.push(args), "noon"), {
  name: "get_time",
  description: "The hour",
  schema: z.object({}),
});
beforeEach(() => void asked.splice(0));

/** The loop that LangChain's users write by hand. */
async function loop(
  ask: (messages: BaseMessage[]) => Promise<AIMessageChunk>,
  question: string,
  tools: StructuredToolInterface[] = [weather(), time],
) {
  const messages: BaseMessage[] = [new SystemMessage("Be brief."), new HumanMessage(question)];
  for (;;) {
    const answer = await ask(messages);
    messages.push(answer);
    if (!answer.tool_calls?.length) return { answer, messages };
    for (const call of answer.tool_calls) {
      const chosen = tools.find(({ name }) => name === call.name)!;
      messages.push(await chosen.invoke({ ...call, type: "tool_call" }));
    }
  }
}

const HELLO = [new HumanMessage("Hello")];

describe.each(WAYS)("ChatOpenAI.%s", (_, ask) => {
  it("gives the words, how they ended and what they cost", async () => {
    const usage = { inputTokens: 10, outputTokens: 5, totalTokens: 15, cacheReadInputTokens: 100 };
    house.bedrock.enqueue({ content: [{ text: "one two three" }], usage, stopReason: "max_tokens" });
    const answer = await ask(chat(), HELLO);
    expect(AIMessage.isInstance(answer)).toBe(true);
    expect(answer.content).toBe("one two three");
    expect(answer.response_metadata).toMatchObject({ finish_reason: "length" });
    expect(answer.usage_metadata).toMatchObject({
      input_tokens: 110,
      output_tokens: 5,
      total_tokens: 115,
      input_token_details: { cache_read: 100 },
    });
  });

  it("calls two tools at once, one without arguments, and its loop reaches the final answer", async () => {
    house.bedrock.enqueue(TWO_CALLS);
    const model = chat().bindTools([weather(), time]);
    const { answer, messages } = await loop((history) => ask(model, history), "Oslo?");
    expect(answer.content).toMatch(/get_weather returned: 3 degrees\nget_time returned: noon/);
    expect(asked).toEqual(["Oslo", {}]);
    const calling = messages.find((each) => AIMessage.isInstance(each));
    expect(calling).toMatchObject({
      content: "Let me look.",
      invalid_tool_calls: [],
      response_metadata: { finish_reason: "tool_calls" },
    });
    expect(lastResults(house)).toEqual([
      ["tooluse_a", "3 degrees"],
      ["tooluse_b", "noon"],
    ]);
  });

  it("runs a tool whose name Bedrock refuses under that name", async () => {
    const tools = [weather(REFUSED_NAME), time];
    const model = chat(LLAMA).bindTools(tools);
    const { answer } = await loop((history) => ask(model, history), 'The weather service for "Oslo"', tools);
    expect(answer.content).toContain("3 degrees");
    expect(asked).toEqual(["Oslo"]);
    expect(toolNames(house)[0]).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
  });

  it("keeps a model's reasoning beside its words", async () => {
    house.bedrock.enqueue(REASONED);
    const answer = await ask(chat(), HELLO);
    expect(answer.content).toBe("Four.");
    expect(answer.additional_kwargs["reasoning_content"]).toBe("Two and two, let me see.");
  });

  it("loops with a model that thinks, though LangChain keeps no proof of the thoughts", async () => {
    const model = chat(CLAUDE, { modelKwargs: { reasoning_effort: "low" } }).bindTools([weather()]);
    const { answer, messages } = await loop(
      (history) => ask(model, history),
      'get_weather for "Oslo" please',
    );
    expect(answer.content).toContain("get_weather returned: 3 degrees");
    const calling = messages.find((each) => AIMessage.isInstance(each));
    expect(calling!.additional_kwargs["reasoning_content"]).toContain("The user wrote");
  });

  it.each([CLAUDE, NEW_CLAUDE])(
    "does so, too, when no process remembers the call before (%s)",
    async (id) => {
      const { baseURL } = accessTo(house);
      const fetch: typeof globalThis.fetch = (...call) =>
        accessTo({ ...house, handler: house.withOptions({}) }).fetch(...call);
      const configuration = { baseURL, fetch };
      const modelKwargs = { reasoning_effort: "low" };
      const model = chat(id, { configuration, modelKwargs }).bindTools([weather()]);
      const { answer } = await loop((history) => ask(model, history), 'get_weather for "Oslo" please');
      expect(answer.content).toContain("get_weather returned: 3 degrees");
    },
  );

  it("is an error when Bedrock refuses, in LangChain's own words", async () => {
    const tooLong = { name: "ValidationException", message: "Input is too long for requested model." };
    house.bedrock.enqueue(THROTTLED, INVALID, { error: tooLong });
    await expect(ask(chat(), HELLO)).rejects.toMatchObject({
      status: 429,
      lc_error_code: "MODEL_RATE_LIMIT",
    });
    await expect(ask(chat(), HELLO)).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining("not amused") as unknown,
    });
    await expect(ask(chat(), HELLO)).rejects.toBeInstanceOf(ContextOverflowError);
    await expect(ask(chat("no.such-model"), HELLO)).rejects.toMatchObject({
      lc_error_code: "MODEL_NOT_FOUND",
    });
  });

  it("says which tool results are missing", async () => {
    const call = { id: "call_1", name: "get_weather", args: { city: "Oslo" } };
    const history = [...HELLO, new AIMessage({ content: "", tool_calls: [call] }), ...HELLO];
    await expect(ask(chat().bindTools([weather()]), history)).rejects.toMatchObject({
      status: 400,
      lc_error_code: "INVALID_TOOL_RESULTS",
      message: expect.stringContaining("call_1") as unknown,
    });
    expect(house.bedrock.requests).toEqual([]);
  });
});

describe("withStructuredOutput", () => {
  const Event = z.object({ name: z.string(), year: z.number() });
  const EVENT = { name: "Science Fair", year: 2026 };
  const QUESTION = [new HumanMessage('The event "Science Fair" of 2026 in JSON')];

  it.each([
    ["jsonSchema", CLAUDE],
    ["jsonSchema", NOVA],
    ["functionCalling", CLAUDE],
    ["functionCalling", NOVA],
    ["functionCalling", LLAMA],
  ] as const)("%s is obeyed by the model itself (%s)", async (method, model) => {
    const structured = chat(model).withStructuredOutput(Event, { method, name: "event" });
    expect(await structured.invoke(QUESTION)).toEqual(EVENT);
    expect((await drained(await structured.stream(QUESTION))).at(-1)).toEqual(EVENT);
    const native = model === CLAUDE && method === "jsonSchema";
    expect(sent(house).outputConfig !== undefined).toBe(native);
    expect(toolNames(house)).toEqual(native ? [] : ["event"]);
  });

  it("jsonSchema is told in words to a model that can do no more", async () => {
    house.bedrock.enqueue(SAYS(EVENT));
    const structured = chat(MISTRAL).withStructuredOutput(Event, { method: "jsonSchema" });
    expect(await structured.invoke(QUESTION)).toEqual(EVENT);
    expect(JSON.stringify(sent(house))).toContain("JSON Schema");
  });

  it.each([CLAUDE, NOVA, MISTRAL])("jsonMode reads what the model wrote (%s)", async (model) => {
    house.bedrock.enqueue(SAYS(EVENT), SAYS(EVENT));
    const structured = chat(model).withStructuredOutput(Event, { method: "jsonMode" });
    expect(await structured.invoke(QUESTION)).toEqual(EVENT);
    expect((await drained(await structured.stream(QUESTION))).at(-1)).toEqual(EVENT);
  });

  it("is an error, not half an object, when the answer was cut", async () => {
    house.bedrock.enqueue({ content: [{ text: '{"name":"Sci' }], stopReason: "max_tokens" });
    const structured = chat().withStructuredOutput(Event, { method: "jsonSchema" });
    await expect(structured.invoke(QUESTION)).rejects.toThrow(/length limit/i);
  });
});

describe("content blocks", () => {
  it("of an image and a file reach the model", async () => {
    const image = { type: "image" as const, mimeType: "image/png", data: PNG };
    const seen = await chat(NOVA).invoke([new HumanMessage({ contentBlocks: [image] })]);
    expect(seen.content).toContain("I see a PNG image, 1×1 pixels");

    const metadata = { filename: "report.pdf" };
    const file = { type: "file" as const, mimeType: "application/pdf", data: PDF, metadata };
    const read = await chat().invoke([new HumanMessage({ contentBlocks: [file] })]);
    expect(read.content).toMatch(/I read the document "report.*" \(PDF, 15 bytes/);
    const document = { format: "pdf", source: { bytes: PDF } };
    expect(lastTurn(house)).toContainEqual({ document: expect.objectContaining(document) as unknown });
  });
});

describe("a stream that ends early", () => {
  it("because Bedrock gave up is an error, not a short answer", async () => {
    house.bedrock.enqueue(BREAKING, BREAKING);
    const failure = { code: "model_stream_error" };
    await expect(drained(await chat().stream(HELLO))).rejects.toMatchObject(failure);
    await expect(chat(CLAUDE, { streaming: true }).invoke(HELLO)).rejects.toMatchObject(failure);
  });

  it("by abort() or break stops the model", async () => {
    house.bedrock.enqueue(SLOW, SLOW);
    const controller = new AbortController();
    const stream = await chat().stream(HELLO, { signal: controller.signal });
    const reading = (async () => {
      for await (const _ of stream) controller.abort();
    })();
    await expect(reading).rejects.toThrow(/abort/i);
    await callerLeft(house);
    for await (const _ of await chat().stream(HELLO)) break;
    await callerLeft(house);
  });

  it("by the caller's own fault is not tried again", async () => {
    house.bedrock.enqueue(INVALID, INVALID);
    await expect(chat(CLAUDE, { maxRetries: 6 }).invoke(HELLO)).rejects.toMatchObject({ status: 400 });
    expect(house.bedrock.requests).toHaveLength(1);
  });
});
