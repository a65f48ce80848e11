import { ContextOverflowError } from "@langchain/core/errors";
import {
  AIMessage,
  type AIMessageChunk,
  type BaseMessage,
  HumanMessage,
  SystemMessage,
} from "@langchain/core/messages";
import { type StructuredToolInterface, tool } from "@langchain/core/tools";
import { ChatOpenAI, type ChatOpenAIFields, type ChatOpenAIResponsesCallOptions } from "@langchain/openai";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as z from "zod";
import { CLAUDE, type House, LLAMA, NOVA, openHouse } from "../../support/bedrock.ts";
import {
  callerLeft,
  drained,
  INVALID,
  PDF,
  PNG,
  REFUSED_NAME,
  SAYS,
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

type Options = Partial<ChatOpenAIResponsesCallOptions>;

interface Asks {
  invoke(messages: BaseMessage[], options?: Options): Promise<AIMessageChunk>;
  stream(messages: BaseMessage[], options?: Options): Promise<AsyncIterable<AIMessageChunk>>;
}

type Ask = (model: Asks, messages: BaseMessage[], options?: Options) => Promise<AIMessageChunk>;

/** An answer, asked for whole or folded from its chunks. */
const WAYS: [string, Ask][] = [
  ["invoke()", (model, messages, options) => model.invoke(messages, options)],
  [
    "stream()",
    async (model, messages, options) =>
      (await drained(await model.stream(messages, options))).reduce((whole, chunk) => whole.concat(chunk)),
  ],
];

const asked: unknown[] = [];
beforeEach(() => void asked.splice(0));
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

const HELLO = [new HumanMessage("Hello")];

describe.each(Object.keys(REACHES))("ChatOpenAI with the Responses API %s", (reach) => {
  let house: House;
  let reached: Reach;
  beforeEach(async () => {
    house = await openHouse();
    reached = await REACHES[reach]!(house.handler);
  });
  afterEach(async () => {
    await reached.close();
    await house.bedrock.close();
    await reached.settled();
  });

  const chat = (model = CLAUDE, fields: ChatOpenAIFields = {}): ChatOpenAI => {
    const { apiKey, baseURL, fetch } = reached;
    const configuration = { baseURL, fetch };
    return new ChatOpenAI({ model, apiKey, configuration, maxRetries: 0, useResponsesApi: true, ...fields });
  };

  /** The loop that LangChain's users write by hand. */
  const loop = async (
    ask: (messages: BaseMessage[]) => Promise<AIMessageChunk>,
    question: string,
    tools: StructuredToolInterface[] = [weather(), time],
  ) => {
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
  };

  describe.each(MODELS)("%s", (model) => {
    describe.each(WAYS)("%s", (_, ask) => {
      it("gives the words, how they ended and what they cost", async () => {
        const usage = { inputTokens: 10, outputTokens: 5, totalTokens: 15 };
        house.bedrock.enqueue({ content: [{ text: "one two three" }], usage, stopReason: "max_tokens" });
        const answer = await ask(chat(model), HELLO);
        expect(answer.text).toBe("one two three");
        expect(answer.response_metadata).toMatchObject({
          status: "incomplete",
          incomplete_details: { reason: "max_output_tokens" },
          model_name: model,
        });
        expect(answer.usage_metadata).toMatchObject({ input_tokens: 10, output_tokens: 5, total_tokens: 15 });
      });

      it("calls two tools at once, one without arguments, and its loop reaches the final answer", async () => {
        house.bedrock.enqueue(TWO_CALLS);
        const bound = chat(model).bindTools([weather(), time]);
        const { answer, messages } = await loop((history) => ask(bound, history), "Oslo?");
        expect(answer.text).toMatch(/get_weather returned: 3 degrees\nget_time returned: noon/);
        expect(asked).toEqual(["Oslo", {}]);
        const calling = messages.find((each) => AIMessage.isInstance(each))!;
        expect([calling.text, calling.invalid_tool_calls]).toEqual(["Let me look.", []]);
        expect(resultsSent(house)).toEqual(["3 degrees", "noon"]);
        messages.push(new HumanMessage("And what did I ask first?"));
        await ask(bound, messages);
        expect(resultsSent(house)).toEqual(["3 degrees", "noon"]);
      });

      it.each([false, true])("thinks while its tools run (zdrEnabled: %s)", async (zdrEnabled) => {
        const reasoning = { effort: "low", summary: "auto" } as const;
        // LangChain sends its own field `reasoning` only to models whose name it knows.
        const bound = chat(model, { modelKwargs: { reasoning }, zdrEnabled }).bindTools([weather()]);
        const question = 'get_weather for "Oslo" please';
        const { answer, messages } = await loop((history) => ask(bound, history), question);
        expect(answer.text).toContain("3 degrees");
        const calling = messages.find((each) => AIMessage.isInstance(each))!;
        const thoughts = calling.contentBlocks.filter(({ type }) => type === "reasoning");
        expect(thoughts.length > 0).toBe(model !== NOVA);
        messages.push(new HumanMessage("Thanks."));
        expect((await ask(bound, messages)).text).not.toBe("");
      });

      it("goes on from the response before, by its id alone", async () => {
        house.bedrock.enqueue({ content: [{ text: "Hello, Ada." }] });
        const first = await ask(chat(model), [new HumanMessage("I am Ada.")]);
        const previous_response_id = first.response_metadata["id"] as string;
        await ask(chat(model), [new HumanMessage("Who am I?")], { previous_response_id });
        const body = JSON.stringify(house.bedrock.requests.at(-1)!.body);
        for (const words of ["I am Ada.", "Hello, Ada.", "Who am I?"]) expect(body).toContain(words);
      });

      it("is an error when Bedrock refuses, in LangChain's own words", async () => {
        const tooLong = { name: "ValidationException", message: "Input is too long for requested model." };
        house.bedrock.enqueue(THROTTLED, INVALID, { error: tooLong });
        const throttled = { status: 429, lc_error_code: "MODEL_RATE_LIMIT" };
        await expect(ask(chat(model), HELLO)).rejects.toMatchObject(throttled);
        await expect(ask(chat(model), HELLO)).rejects.toMatchObject({
          status: 400,
          message: expect.stringContaining("not amused") as unknown,
        });
        await expect(ask(chat(model), HELLO)).rejects.toBeInstanceOf(ContextOverflowError);
      });
    });

    it("withStructuredOutput gives the object, whole and in pieces", async () => {
      const Event = z.object({ name: z.string(), year: z.number() });
      const EVENT = { name: "Science Fair", year: 2026 };
      const question = [new HumanMessage('The event "Science Fair" of 2026 in JSON')];
      for (const method of ["jsonSchema", "functionCalling"] as const) {
        const structured = chat(model).withStructuredOutput(Event, { method, name: "event" });
        if (model === GPT && method === "jsonSchema") house.bedrock.enqueue(SAYS(EVENT), SAYS(EVENT));
        expect(await structured.invoke(question)).toEqual(EVENT);
        // LangChain's parser of calls reads streams of chat completions only.
        if (method === "jsonSchema")
          expect((await drained(await structured.stream(question))).at(-1)).toEqual(EVENT);
      }
    });

    it("tells a stream that breaks from a short answer", async () => {
      house.bedrock.enqueue(breakingOff(model), breakingOff(model));
      const failure = { code: "stream_interrupted" };
      await expect(drained(await chat(model).stream(HELLO))).rejects.toMatchObject(failure);
      await expect(chat(model, { streaming: true }).invoke(HELLO)).rejects.toMatchObject(failure);
    });

    it("by abort() or break stops the model", async () => {
      house.bedrock.enqueue(SLOW, SLOW);
      const controller = new AbortController();
      const stream = await chat(model).stream(HELLO, { signal: controller.signal });
      const reading = (async () => {
        for await (const { text } of stream) if (text !== "") controller.abort();
      })();
      await expect(reading).rejects.toThrow(/abort/i);
      await callerLeft(house);
      for await (const { text } of await chat(model).stream(HELLO)) if (text !== "") break;
      await callerLeft(house);
    });
  });

  it.each(WAYS)("runs a tool whose name Bedrock refuses under that name (%s)", async (_, ask) => {
    const tools = [weather(REFUSED_NAME), time];
    const bound = chat(LLAMA).bindTools(tools);
    const { answer } = await loop((history) => ask(bound, history), 'The weather service for "Oslo"', tools);
    expect(answer.text).toContain("3 degrees");
    expect(asked).toEqual(["Oslo"]);
    expect(toolNames(house)[0]).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
  });

  it("says which tool results are missing, and which model there is not", async () => {
    const call = { id: "call_1", name: "get_weather", args: { city: "Oslo" } };
    const history = [...HELLO, new AIMessage({ content: "", tool_calls: [call] }), ...HELLO];
    await expect(chat().bindTools([weather()]).invoke(history)).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining("call_1") as unknown,
    });
    expect(house.bedrock.requests).toEqual([]);
    await expect(chat("no.such-model").invoke(HELLO)).rejects.toMatchObject({
      lc_error_code: "MODEL_NOT_FOUND",
    });
  });

  it("shows the model an image and a file", async () => {
    const image = { type: "image" as const, mimeType: "image/png", data: PNG };
    const metadata = { filename: "report.pdf" };
    const file = { type: "file" as const, mimeType: "application/pdf", data: PDF, metadata };
    const seen = await chat().invoke([new HumanMessage({ contentBlocks: [image, file] })]);
    expect(seen.text).toMatch(/I see a PNG image, 1×1.*\nI read the document "report.*" \(PDF, 15 bytes/);
  });
});
