import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { BedrockOpenAIHandler } from "../../src/index.ts";
import { CLAUDE, type House, openHouse } from "../support/bedrock.ts";

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.bedrock.close());

const TOO_LONG = {
  error: { name: "ValidationException", message: "Input is too long for requested model." },
} as const;

const ask = (body: object, handler: BedrockOpenAIHandler = house.handler): Promise<Response> =>
  handler(
    new Request("http://bedrock/v1/responses", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ model: CLAUDE, store: false, ...body }),
    }),
  );

const user = (content: string) => ({ role: "user", content });
const round = (id: string): object[] => [
  user(`do ${id}`),
  { type: "function_call", call_id: id, name: "f", arguments: "{}" },
  { type: "function_call_output", call_id: id, output: "done" },
  { role: "assistant", content: `did ${id}` },
];
const LONG = [
  {
    role: "developer",
    content:
      "be brief, as ever and for all we know, and never say more than is needed: people read it on a small screen",
  },
  ...["a", "b", "c", "d"].flatMap(round),
  user("why?"),
];

interface Sent {
  system?: { text: string }[];
  messages: { role: string; content: { text?: string }[] }[];
}

const sent = (): Sent[] => house.bedrock.requests.map(({ body }) => body as unknown as Sent);

describe("a conversation that the model finds too long", () => {
  it("with truncation auto is answered without its oldest turns, and the caller is told", async () => {
    house.bedrock.enqueue(TOO_LONG);
    house.bedrock.enqueue(TOO_LONG);
    const response = await ask({ input: LONG, instructions: "one", truncation: "auto" });
    expect(response.status).toBe(200);
    const tries = sent();
    expect(tries.map(({ messages }) => messages.length)).toEqual([17, 13, 9]);
    for (const { system, messages } of tries) {
      expect(system!.map(({ text }) => text)).toEqual([
        "one",
        "be brief, as ever and for all we know, and never say more than is needed: people read it on a small screen",
      ]);
      expect(messages[0]!.content[0]!.text).toMatch(/^do /);
      expect(messages.at(-1)!.content).toEqual([{ text: "why?" }]);
    }
    const notes = JSON.parse(response.headers.get("x-bedrock-adjustments")!) as { reason: string }[];
    expect(notes.filter(({ reason }) => reason.includes("oldest"))).toEqual([
      expect.objectContaining({
        param: "input",
        action: "dropped",
        reason: expect.stringContaining("8 items"),
      }),
    ]);
  });

  it("is so too where the operator refuses what cannot be done: the caller asked for it", async () => {
    house.bedrock.enqueue(TOO_LONG);
    const handler = house.withOptions({ unsupported: "reject" });
    expect((await ask({ input: LONG, truncation: "auto" }, handler)).status).toBe(200);
  });

  it("is told in the same way where the answer streams", async () => {
    house.bedrock.enqueue(TOO_LONG);
    const response = await ask({ input: LONG, truncation: "auto", stream: true });
    expect(await response.text()).toContain("event: response.completed");
    expect(house.bedrock.requests).toHaveLength(2);
  });

  it("is a 400 that names the input without it, and where one turn alone is too long", async () => {
    for (const body of [
      { input: LONG },
      { input: LONG, truncation: "disabled" },
      { input: "x", truncation: "auto" },
    ]) {
      house.bedrock.enqueue(TOO_LONG);
      const before = house.bedrock.requests.length;
      const response = await ask(body);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({
        error: { code: "context_length_exceeded", param: "input" },
      });
      expect(house.bedrock.requests.length - before).toBe(1);
    }
  });

  it("is at last asked about its last turn alone, and then no more", async () => {
    for (let tries = 0; tries < 6; tries += 1) house.bedrock.enqueue(TOO_LONG);
    const response = await ask({ input: LONG, truncation: "auto" });
    expect(response.status).toBe(400);
    const lengths = sent().map(({ messages }) => messages.length);
    expect(lengths).toEqual([...new Set(lengths)].toSorted((a, b) => b - a));
    expect(lengths.at(-1)).toBe(1);
  });

  it("is asked of a model with more room first", async () => {
    house.bedrock.enqueue(TOO_LONG);
    const models = { small: { model: CLAUDE, fallbacks: ["us.amazon.nova-pro-v1:0"] } };
    const response = await ask(
      { input: LONG, truncation: "auto", model: "small" },
      house.withOptions({ models }),
    );
    expect(response.status).toBe(200);
    expect(sent().map(({ messages }) => messages.length)).toEqual([17, 17]);
  });
});
