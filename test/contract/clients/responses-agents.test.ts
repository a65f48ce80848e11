import {
  OpenAIConversationsSession,
  OpenAIProvider,
  run as runByDefault,
  Runner,
  type RunStreamEvent,
  setDefaultOpenAIClient,
  setTracingDisabled,
} from "@openai/agents";
import OpenAI from "openai";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as z from "zod";
import { CLAUDE, type House, NOVA, openHouse } from "../../support/bedrock.ts";
import {
  callerLeft,
  drained,
  INVALID,
  SAYS,
  sent,
  SLOW,
  THROTTLED,
  TWO_CALLS,
} from "../../support/clients.ts";
import { asked, guide, WAYS, weather } from "../../support/response-agents.ts";
import {
  breakingOff,
  GPT,
  MODELS,
  operations,
  type Reach,
  REACHES,
  resultsSent,
} from "../../support/response-clients.ts";

setTracingDisabled(true);
beforeEach(() => void asked.splice(0));

const Event = z.object({ name: z.string(), year: z.number() });
const EVENT = { name: "Science Fair", year: 2026 };
const OSLO = 'get_weather for "Oslo" please';
const user = (content: string) => ({ role: "user" as const, content });

describe.each(Object.keys(REACHES))("@openai/agents with the Responses API %s", (reach) => {
  let house: House;
  let reached: Reach;
  let client: OpenAI;
  let runner: Runner;
  beforeEach(async () => {
    house = await openHouse();
    reached = await REACHES[reach]!(house.handler);
    client = new OpenAI({ ...reached, maxRetries: 0 });
    const modelProvider = new OpenAIProvider({ openAIClient: client });
    runner = new Runner({ modelProvider, tracingDisabled: true });
  });
  afterEach(async () => {
    await reached.close();
    await house.bedrock.close();
    await reached.settled();
  });

  const lastBody = (): string => JSON.stringify(house.bedrock.requests.at(-1)!.body);

  describe.each(MODELS)("%s", (model) => {
    describe.each(WAYS)("%s", (_, run) => {
      it("gives the words and what they cost", async () => {
        const usage = { inputTokens: 10, outputTokens: 5, totalTokens: 15 };
        house.bedrock.enqueue({ content: [{ text: "one two three" }], usage });
        const { finalOutput, state } = await run(runner, guide(model), "Count");
        expect(finalOutput).toBe("one two three");
        expect(state.usage).toMatchObject({
          requests: 1,
          inputTokens: 10,
          outputTokens: 5,
          totalTokens: 15,
        });
        expect(lastBody()).toContain("Be brief.");
      });

      it("calls two tools at once, one without arguments, and goes on to the final answer", async () => {
        house.bedrock.enqueue(TWO_CALLS);
        const { finalOutput } = await run(runner, guide(model), "Oslo?");
        expect(finalOutput).toMatch(/get_weather returned: 3 degrees\nget_time returned: noon/);
        expect(asked).toEqual(["Oslo", {}]);
        expect(resultsSent(house)).toEqual(["3 degrees", "noon"]);
      });

      it("keeps a conversation of several turns going by its own history", async () => {
        const first = await run(runner, guide(model), OSLO);
        const second = await run(runner, guide(model), [
          ...first.history,
          user('And get_weather for "Rome"?'),
        ]);
        expect(second.finalOutput).toContain("3 degrees");
        expect(asked).toEqual(["Oslo", "Rome"]);
        expect(resultsSent(house)).toEqual(["3 degrees", "3 degrees"]);
      });

      it("keeps it going by the id of the response before", async () => {
        const first = await run(runner, guide(model), OSLO);
        const options = { previousResponseId: first.lastResponseId! };
        await run(runner, guide(model), 'And get_weather for "Rome"?', options);
        expect(asked).toEqual(["Oslo", "Rome"]);
        expect(resultsSent(house)).toEqual(["3 degrees", "3 degrees"]);
      });

      it("keeps it going in a conversation", async () => {
        const { id: conversationId } = await client.conversations.create();
        for (const city of ["Oslo", "Rome"])
          await run(runner, guide(model), `get_weather for "${city}"`, { conversationId });
        expect(asked).toEqual(["Oslo", "Rome"]);
        expect(resultsSent(house)).toEqual(["3 degrees", "3 degrees"]);
        expect(await drained(client.conversations.items.list(conversationId))).not.toHaveLength(0);
      });

      it("keeps it going by a session of conversations", async () => {
        const session = new OpenAIConversationsSession({ client });
        for (const city of ["Oslo", "Rome"])
          await run(runner, guide(model), `get_weather for "${city}"`, { session });
        expect(asked).toEqual(["Oslo", "Rome"]);
        expect(resultsSent(house)).toEqual(["3 degrees", "3 degrees"]);
        const items = await session.getItems();
        expect(items.filter(({ type }) => type === "function_call_result")).toHaveLength(2);
        expect(await session.popItem()).toMatchObject({ role: "assistant" });
        expect(await session.getItems()).toHaveLength(items.length - 1);
        await session.clearSession();
      });

      it("thinks while its tools run, and in the turns after", async () => {
        const modelSettings = { reasoning: { effort: "low", summary: "auto" } };
        const agent = guide(model, { tools: [weather()], modelSettings });
        const first = await run(runner, agent, OSLO);
        expect(first.finalOutput).toContain("3 degrees");
        expect(first.newItems[0]!.type === "reasoning_item").toBe(model !== NOVA);
        await run(runner, agent, [...first.history, user("Thanks.")]);
        if (model === CLAUDE) {
          const [thought] = sent(house).messages[1]!.content;
          expect(thought!.reasoningContent!.reasoningText!.signature).toBeTruthy();
        }
      });

      it("ends with the output type that was asked for, after its tools", async () => {
        const final = { content: [{ toolUse: { toolUseId: "tooluse_c", name: "output", input: EVENT } }] };
        house.bedrock.enqueue(TWO_CALLS, model === NOVA ? final : SAYS(EVENT));
        const { finalOutput } = await run(runner, guide(model, { outputType: Event }), "Oslo?");
        expect(asked).toEqual(["Oslo", {}]);
        expect(finalOutput).toEqual(EVENT);
      });

      it("is the openai client's own error when Bedrock refuses", async () => {
        house.bedrock.enqueue(THROTTLED, INVALID);
        await expect(run(runner, guide(model), "x")).rejects.toBeInstanceOf(OpenAI.RateLimitError);
        await expect(run(runner, guide(model), "x")).rejects.toMatchObject({
          constructor: OpenAI.BadRequestError,
          message: expect.stringContaining("not amused") as unknown,
        });
      });
    });

    it("that breaks off is an error, not a short answer", async () => {
      house.bedrock.enqueue(breakingOff(model));
      const result = await runner.run(guide(model), "Hello", { stream: true });
      const failure = { code: "stream_interrupted" };
      await expect(drained(result)).rejects.toMatchObject(failure);
      await expect(result.completed).rejects.toMatchObject(failure);
    });

    it("that is aborted stops the model", async () => {
      house.bedrock.enqueue(SLOW);
      const controller = new AbortController();
      const { signal } = controller;
      const result = await runner.run(guide(model), "Hello", { stream: true, signal });
      const reading = (async () => {
        for await (const event of result) if (isDelta(event)) controller.abort();
      })();
      await callerLeft(house);
      await reading;
      expect(result.cancelled).toBe(true);
    });
  });
});

it("@openai/agents calls the Responses API by itself", async () => {
  const house = await openHouse();
  const reached = await REACHES["in process"]!(house.handler);
  // What the SDK does by default is set once for a process.
  setDefaultOpenAIClient(new OpenAI({ ...reached, maxRetries: 0 }));
  const { finalOutput } = await runByDefault(guide(GPT), OSLO);
  expect(finalOutput).toContain("3 degrees");
  expect(operations(house)).toEqual(["RuntimeResponses", "RuntimeResponses"]);
  expect(await reached.settled()).toBe(2);
  await house.bedrock.close();
});

const isDelta = (event: RunStreamEvent): boolean =>
  event.type === "raw_model_stream_event" && event.data.type === "output_text_delta";
