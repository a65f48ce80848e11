import { Agent, OpenAIProvider, Runner, tool } from "@openai/agents";
import type { OpenAI } from "openai";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as z from "zod";
import { CLAUDE, type House, openHouse } from "../support/bedrock.ts";
import type { BedrockOpenAIHandler } from "../../src/index.ts";
import { clientOf } from "../support/client-of.ts";
import { sent } from "../support/clients.ts";

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.bedrock.close());

const THOUGHTS = [
  { reasoningContent: { reasoningText: { text: "The city first.", signature: "c2lnbmVk" } } },
  { reasoningContent: { redactedContent: "c2VjcmV0" } },
];
const CALL = { toolUse: { toolUseId: "tooluse_a", name: "get_weather", input: { city: "Oslo" } } };
const SAID = { text: "Let me look." };

const tools: OpenAI.Responses.Tool[] = [
  { type: "function", name: "get_weather", parameters: { type: "object", properties: {} }, strict: false },
];
const question = { role: "user" as const, content: "How is the weather in Oslo?" };
const result = { type: "function_call_output" as const, call_id: "tooluse_a", output: "rain" };

/** What the model has to get back: all of its own turn, unchanged and in order. */
const TURNS = [
  { role: "user", content: [{ text: question.content }] },
  { role: "assistant", content: [...THOUGHTS, SAID, CALL] },
  { role: "user", content: [{ toolResult: { toolUseId: "tooluse_a", content: [{ text: "rain" }] } }] },
];

/** Processes that share a store: what one of them remembers must not stand in for what the caller brings. */
function processes(): () => OpenAI {
  const texts = new Map<string, string>();
  const store = {
    get: async (key: string) => texts.get(key),
    set: async (key: string, text: string) => texts.set(key, text),
    delete: async (key: string) => texts.delete(key),
  };
  const handler = (): BedrockOpenAIHandler =>
    house.withOptions({ store, stateSecret: "one and the same secret of all processes" });
  return () => clientOf((request) => handler()(request));
}

type Next = (first: OpenAI.Responses.Response) => object;

describe("what was thought before a tool was called", () => {
  it.each<[string, object, Next]>([
    ["by previous_response_id", {}, ({ id }) => ({ previous_response_id: id, input: [result] })],
    [
      "by references, as the AI SDK sends them",
      {},
      ({ output }) => ({
        input: [
          question,
          ...output.map((item) =>
            item.type === "function_call" ? item : { type: "item_reference" as const, id: item.id! },
          ),
          result,
        ],
      }),
    ],
    [
      "in the caller's hands, where nothing is kept",
      { store: false },
      ({ output }) => ({ store: false, input: [question, ...output, result] }),
    ],
    [
      "in the caller's hands, where it asked for it",
      { include: ["reasoning.encrypted_content"] },
      ({ output }) => ({ input: [question, ...output, result] }),
    ],
    [
      "by the ids of thoughts that nobody asked to be sealed",
      {},
      ({ output }) => ({ input: [question, ...output, result] }),
    ],
  ])("goes back to the model unchanged %s, whole and streamed", async (_, asked, next) => {
    const process = processes();
    for (const stream of [false, true]) {
      house.bedrock.enqueue({ content: [...THOUGHTS, SAID, CALL] }, { content: [{ text: "Rain." }] });
      const body = {
        model: CLAUDE,
        input: [question],
        tools,
        reasoning: { effort: "low" as const },
        ...asked,
      };
      const first = stream
        ? await process().responses.stream(body).finalResponse()
        : await process().responses.create(body);
      const second = await process().responses.create({ ...body, ...next(first) });
      expect(second.output_text).toBe("Rain.");
      expect(sent(house).messages).toEqual(TURNS);
    }
  });
});

describe("a run of the Agents SDK, which says all of it again without what was sealed", () => {
  it.each([false, true])("gives the model its signed thoughts back, streamed: %s", async (stream) => {
    house.bedrock.enqueue({ content: [...THOUGHTS, SAID, CALL] }, { content: [{ text: "Rain." }] });
    const modelProvider = new OpenAIProvider({ openAIClient: processes()(), useResponses: true });
    const runner = new Runner({ modelProvider, tracingDisabled: true });
    const agent = new Agent({
      name: "Guide",
      model: CLAUDE,
      modelSettings: { reasoning: { effort: "low" } },
      tools: [
        tool({
          name: "get_weather",
          description: "The weather of a city",
          parameters: z.object({ city: z.string() }),
          execute: () => "rain",
        }),
      ],
    });
    const run = stream
      ? await runner.run(agent, question.content, { stream: true })
      : await runner.run(agent, question.content);
    if ("completed" in run) await run.completed;
    expect(run.finalOutput).toBe("Rain.");
    expect(sent(house).messages).toEqual(TURNS);
  });
});

describe("the thoughts of another caller's response", () => {
  it("stay sealed, whoever names their id", async () => {
    const authorize = (request: Request): { id: string } => ({ id: request.headers.get("authorization")! });
    const handler = house.withOptions({ authorize });
    const [ann, bob] = [clientOf(handler, "sk-ann"), clientOf(handler, "sk-bob")];
    house.bedrock.enqueue({ content: [THOUGHTS[0]!, SAID] });
    const { output } = await ann.responses.create({ model: CLAUDE, input: [question] });
    const next = {
      model: CLAUDE,
      input: [question, ...output, question] as OpenAI.Responses.ResponseInput,
      reasoning: { effort: "low" as const },
    };
    await bob.responses.create(next);
    expect(JSON.stringify(sent(house).messages)).not.toContain("c2lnbmVk");
    await ann.responses.create(next);
    expect(JSON.stringify(sent(house).messages)).toContain("c2lnbmVk");
  });
});

describe("an answer that was cut off right behind a thought", () => {
  it("can be stood on: the model refuses a turn that ends so, and with it the whole conversation", async () => {
    house.bedrock.enqueue({ content: [THOUGHTS[0]!], stopReason: "max_tokens" });
    const openai = clientOf(house.handler);
    const asked = { model: CLAUDE, reasoning: { effort: "low" as const } };
    const cut = await openai.responses.create({ ...asked, input: "One" });
    expect(cut).toMatchObject({ status: "incomplete", output: [{ type: "reasoning" }] });
    const next = await openai.responses.create({ ...asked, input: "Two", previous_response_id: cut.id });
    expect(next.status).toBe("completed");
    expect(sent(house).messages).toEqual([{ role: "user", content: [{ text: "One" }, { text: "Two" }] }]);
  });
});
