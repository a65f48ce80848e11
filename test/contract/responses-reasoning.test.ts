import type { OpenAI } from "openai";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CLAUDE, type House, openHouse } from "../support/bedrock.ts";
import { sent } from "../support/clients.ts";
import { openAIOn } from "../support/responses.ts";

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
  ])("goes back to the model unchanged %s, whole and streamed", async (_, asked, next) => {
    // Two processes: what one of them remembers must not stand in for what the caller brings.
    const texts = new Map<string, string>();
    const store = {
      get: async (key: string) => texts.get(key),
      set: async (key: string, text: string) => texts.set(key, text),
      delete: async (key: string) => texts.delete(key),
    };
    const process = (): OpenAI =>
      openAIOn({
        ...house,
        handler: house.withOptions({ store, stateSecret: "one and the same secret of all processes" }),
      });
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
