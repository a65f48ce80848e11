import Anthropic from "@anthropic-ai/sdk";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type House, openHouse } from "../../support/bedrock.ts";
import { checkMessageEvents, messageEventsOf } from "../../support/message-events.ts";
import { messageRequest } from "../../support/requests.ts";

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.bedrock.close());

const city = {
  type: "object" as const,
  properties: { city: { type: "string" } },
  required: ["city"],
};
const asked = {
  max_tokens: 100,
  messages: [{ role: "user" as const, content: "Call get_weather and get_time for Paris." }],
  tools: [
    { name: "get_weather", description: "The weather of a city", input_schema: city },
    { name: "get_time", description: "The time in a city", input_schema: city },
  ],
};

/** Whose calls are open to the end of their answer. */
const MODELS = ["cohere.command-r-plus-v1:0", "openai.gpt-5.6-sol", "invoke/mistral.mistral-large-2407-v1:0"];

it.each(MODELS)("clients that hold one block at a time lose no call of several (%s)", async (model) => {
  const response = await house.handler(messageRequest({ model, ...asked, stream: true }));
  const { message } = checkMessageEvents(messageEventsOf(await response.text()));
  const calls = message!.content.filter(({ type }) => type === "tool_use");
  expect(calls.map(({ name }) => name)).toEqual(["get_weather", "get_time"]);
  expect(message!.stop_reason).toBe("tool_use");
});

it.each(MODELS)("Anthropic's client gets the same of a stream as of a whole answer (%s)", async (model) => {
  const client = new Anthropic({
    apiKey: "x",
    baseURL: "http://localhost",
    maxRetries: 0,
    fetch: (url, init) => house.handler(new Request(url as string, init as RequestInit)),
  });
  const whole = await client.messages.create({ model, ...asked });
  const streamed = await client.messages.stream({ model, ...asked }).finalMessage();
  const inputs = ({ content }: Anthropic.Message): unknown[] =>
    content.flatMap((block) => (block.type === "tool_use" ? [[block.name, block.input]] : []));
  expect(inputs(streamed)).toHaveLength(2);
  expect(inputs(streamed)).toEqual(inputs(whole));
});
