import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CLAUDE, type House, LLAMA, openHouse } from "../support/bedrock.ts";
import { chatRequest } from "../support/requests.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.bedrock.close());

const body = { model: `bedrock/${CLAUDE}`, temperature: 1.7, seed: 3, stream: true };

describe("x-bedrock-explain: 1", () => {
  it("shows the exact AWS request and sends nothing", async () => {
    const response = await house.handler(chatRequest(body, { headers: { "x-bedrock-explain": "1" } }));
    const explanation = (await response.json()) as { request: { path: string; body: unknown } };
    expect(house.bedrock.requests).toEqual([]);
    expect(explanation).toEqual({
      target: { model: CLAUDE, surface: "converse" },
      request: {
        method: "POST",
        path: `/model/${encodeURIComponent(CLAUDE)}/converse-stream`,
        body: {
          messages: [{ role: "user", content: [{ text: "Hello" }] }],
          inferenceConfig: { temperature: 1 },
        },
      },
      adjustments: [
        { param: "seed", action: "dropped", reason: "This model does not accept seed." },
        { param: "temperature", action: "clamped", reason: "Bedrock accepts temperatures from 0 to 1." },
      ],
    });

    await (await house.handler(chatRequest(body))).text();
    expect(house.bedrock.requests[0]).toMatchObject(explanation.request);
  });
});

describe("x-bedrock-explain, said otherwise, sends nothing that the caller did not want sent", () => {
  const ask = (word: string, asked: Parameters<typeof chatRequest>[0] = body) =>
    house.handler(chatRequest(asked, { headers: { "x-bedrock-explain": word } }));

  it.each(["true", "True", "TRUE", "1"])("%j shows the request", async (word) => {
    house.bedrock.reset();
    expect(await (await ask(word)).json()).toHaveProperty("request.path");
    expect(house.bedrock.requests).toEqual([]);
  });

  it.each(["false", "False", "0"])("%j makes the call", async (word) => {
    house.bedrock.reset();
    expect(await (await ask(word, { model: CLAUDE })).json()).toHaveProperty("choices");
    expect(house.bedrock.requests).toHaveLength(1);
  });

  it.each(["yes", "on", "2", "", "1, 1", "constructor", "x".repeat(5_000)])("%j is a 400", async (word) => {
    house.bedrock.reset();
    const response = await ask(word);
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { error: { type: "invalid_request_error", message: expect.stringContaining("must be '1' or 'true'") } },
    ]);
    expect(house.bedrock.requests).toEqual([]);
  });

  it("and a stranger is told nothing but that", async () => {
    const handler = house.withOptions({ apiKeys: ["sk-one"] });
    const response = await handler(chatRequest(body, { headers: { "x-bedrock-explain": "yes" } }));
    expect(response.status).toBe(401);
  });
});

describe("x-bedrock-adjustments", () => {
  it("names what was adjusted, on streams too, and is absent where nothing was", async () => {
    const adjusted = await house.handler(chatRequest(body));
    expect(JSON.parse(adjusted.headers.get("x-bedrock-adjustments")!)).toHaveLength(2);
    await adjusted.text();
    const plain = await house.handler(chatRequest({ model: CLAUDE }));
    expect(plain.headers.has("x-bedrock-adjustments")).toBe(false);
  });

  it("says when an answer is streamed in one piece because the model cannot do otherwise", async () => {
    const tools = [{ type: "function", function: { name: "get_weather" } }];
    const response = await house.handler(chatRequest({ model: LLAMA, stream: true, tools }));
    expect(response.headers.get("x-bedrock-adjustments")).toContain('"param":"stream"');
    expect(await response.text()).toMatch(/\[DONE\]\n\n$/);
    expect(house.bedrock.requests.at(-1)!.operation).toBe("Converse");
  });

  it("stays a legal header of bounded size, whatever the names in it", async () => {
    const tools = Array.from({ length: 128 }, (_, index) => ({
      type: "function",
      function: { name: `wörld 🌍 "\r\n ${index} ${"x".repeat(500)}` },
    }));
    const response = await house.handler(chatRequest({ model: CLAUDE, tools }));
    expect(response.status).toBe(200);
    const header = response.headers.get("x-bedrock-adjustments")!;
    expect(header.length).toBeLessThan(5_000);
    expect(JSON.parse(header).at(-1).reason).toMatch(/\d+ more notes did not fit/);
  });
});

describe("unsupported: 'reject'", () => {
  it.each([
    [{ seed: 3 }, "seed"],
    [{ temperature: 1.5 }, "temperature"],
    [{ tools: [{ type: "web_search" }] }, "tools[0]"],
  ])("refuses %j instead of adjusting it", async (parameters, param) => {
    const strict = house.withOptions({ unsupported: "reject" });
    const sent = house.bedrock.requests.length;
    const response = await strict(chatRequest({ model: CLAUDE, ...parameters }));
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { error: { code: "unsupported_parameter", param } },
    ]);
    expect(house.bedrock.requests).toHaveLength(sent);
  });

  it("still tells messages to the model as it wants them told", async () => {
    const strict = house.withOptions({ unsupported: "reject" });
    const messages = [
      {
        role: "user",
        content: [
          { type: "text", text: "" },
          { type: "text", text: "Hi" },
        ],
      },
    ];
    expect((await strict(chatRequest({ model: CLAUDE, messages }))).status).toBe(200);
  });
});

describe("traits", () => {
  it("of the operator's win over the table, by pattern", async () => {
    const own = house.withOptions({
      traits: { "anthropic.claude-*": { stopSequences: false }, "*": { tools: false } },
    });
    const explain = async (model: string, body: object): Promise<string> =>
      (await own(chatRequest({ model, ...body }, { headers: { "x-bedrock-explain": "1" } }))).text();
    expect(await explain(CLAUDE, { stop: "x" })).not.toContain("stopSequences");
    const tools = [{ type: "function", function: { name: "f" } }];
    expect(await explain(CLAUDE, { tools })).toContain("toolConfig");
    expect(await explain(LLAMA, { tools })).toContain("unsupported_parameter");
  });
});
