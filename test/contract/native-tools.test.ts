import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type House, openHouse } from "../support/bedrock.ts";
import { weather } from "../support/native.ts";

/** Under this name AWS serves it natively only. */
const GPT_5_6 = "openai.gpt-5.6-sol";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.bedrock.close());

const { name, parameters } = weather.function;
const user = { role: "user", content: "What is the weather in Paris?" };
const chat = { messages: [user], tools: [weather] };

describe("tools for a model that may not think beside them", () => {
  it.each([
    ["a chat of several choices", "/chat/completions", { ...chat, n: 2 }, "reasoning_effort"],
    ["a chat that is cut", "/chat/completions", { ...chat, stop: ["\n\n"] }, "reasoning_effort"],
    [
      "Anthropic's messages",
      "/messages",
      { max_tokens: 100, messages: [user], tools: [{ name, input_schema: parameters }] },
      "output_config.effort",
    ],
    [
      "a response that AWS would not take as it is",
      "/responses",
      { input: user.content, tools: [{ type: "function", name, parameters }], stop: ["\n\n"] },
      "reasoning.effort",
    ],
  ])("are no refusal by AWS in %s", async (_, path, body, param) => {
    const response = await house.handler(
      new Request(`http://x/v1${path}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ model: GPT_5_6, ...body }),
      }),
    );
    expect([response.status, await response.text()]).toEqual([200, expect.stringContaining("get_weather")]);
    expect(house.bedrock.requests.at(-1)!.body).toMatchObject({ reasoning_effort: "none" });
    expect(JSON.parse(response.headers.get("x-bedrock-adjustments")!)).toContainEqual(
      expect.objectContaining({ param, action: "emulated" }),
    );
  });
});
