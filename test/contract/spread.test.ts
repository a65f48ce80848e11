import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { BedrockOpenAIHandler } from "../../src/index.ts";
import { type BedrockEmulator, startBedrockEmulator } from "../../src/testing/index.ts";
import { CLAUDE, type House, NOVA, openHouse } from "../support/bedrock.ts";
import { chatRequest } from "../support/requests.ts";

let house: House;
let west: BedrockEmulator;
beforeEach(async () => {
  house = await openHouse();
  west = await startBedrockEmulator({ region: "us-west-2" });
});
afterEach(() => Promise.all([house.bedrock.close(), west.close()]));

const throttled = { error: { name: "ThrottlingException", message: "slow" } };
const handler = (weights: [number, number], more: object = {}): BedrockOpenAIHandler =>
  house.withOptions({
    models: {
      claude: { spread: { "claude-east": weights[0], "claude-west": weights[1] }, ...more },
      "claude-east": { model: CLAUDE, region: "us-east-1" },
      "claude-west": { model: CLAUDE, region: "us-west-2", endpoint: west.url },
    },
  });
const ask = async (to: BedrockOpenAIHandler, more: object = {}): Promise<Response> => {
  const response = await to(chatRequest({ model: "claude", ...more }));
  await response.text();
  return response;
};
const counts = (): [number, number] => [house.bedrock.requests.length, west.requests.length];

describe("requests for a name that is spread", () => {
  it("go to its members as often as their weights say", async () => {
    const to = handler([3, 1]);
    for (let call = 0; call < 8; call += 1) expect((await ask(to)).status).toBe(200);
    expect(counts()).toEqual([6, 2]);
  });

  it("are no adjustment, and tell where they were answered", async () => {
    const response = await ask(handler([1, 1]));
    expect(response.headers.get("x-bedrock-adjustments")).toBeNull();
    expect(response.headers.get("x-bedrock-target")).toBe(`us-east-1/${CLAUDE}`);
  });

  it.each(["prompt_cache_key", "user", "safety_identifier"])(
    "stay with the member that has cached their beginning: %s",
    async (name) => {
      const to = handler([1, 1]);
      const targets = new Set<string | null>();
      for (let call = 0; call < 6; call += 1)
        targets.add((await ask(to, { [name]: "thread-7" })).headers.get("x-bedrock-target"));
      expect(targets.size).toBe(1);
    },
  );

  it("are answered by another member when one is throttled, and by that one alone while it rests", async () => {
    const to = handler([1, 1]);
    house.bedrock.enqueue(throttled);
    for (let call = 0; call < 4; call += 1) expect((await ask(to)).status).toBe(200);
    expect(counts()).toEqual([1, 4]);
    expect(house.logged).toEqual(["bedrock-openai: 'claude-east' could not answer; 'claude-west' did."]);
  });

  it("are answered by a fallback when no member can", async () => {
    house.bedrock.enqueue(throttled);
    west.enqueue(throttled);
    const response = await ask(handler([1, 1], { fallbacks: [NOVA] }));
    expect(response.headers.get("x-bedrock-target")).toBe(`us-east-1/${NOVA}`);
    expect(counts()).toEqual([2, 1]);
  });

  it("have the defaults of the name that was asked for", async () => {
    await ask(handler([1, 1], { defaults: { max_tokens: 7 } }));
    expect(house.bedrock.requests[0]!.body).toMatchObject({ inferenceConfig: { maxTokens: 7 } });
  });
});
