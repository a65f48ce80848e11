import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Adjustment } from "../../src/adjustments.ts";
import { CLAUDE, GPT, type House, LLAMA, openHouse } from "../support/bedrock.ts";
import { chatRequest } from "../support/requests.ts";
import { chunksOf } from "../support/sse.ts";

/** What no table knows, AWS's own refusals teach: at the price of one more call, once. */

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.bedrock.close());

const native = (keys: object) => ({ model: CLAUDE, additionalModelRequestFields: keys });
const notes = (response: Response): string[] =>
  (JSON.parse(response.headers.get("x-bedrock-adjustments") ?? "[]") as Adjustment[]).map(
    ({ param, action }) => `${param} ${action}`,
  );
const sentFields = (): unknown[] =>
  house.bedrock.requests.map(
    ({ body }) => (body as { additionalModelRequestFields?: object }).additionalModelRequestFields,
  );
const statuses = (): (number | undefined)[] => house.bedrock.requests.map(({ status }) => status);

describe("a field that a model refuses", () => {
  it("is left out in a second attempt, told of, and never sent to that model again", async () => {
    const first = await house.handler(chatRequest(native({ foo: 1, top_k: 5 })));
    expect(first.status).toBe(200);
    expect(notes(first)).toEqual(["foo dropped"]);
    expect(statuses()).toEqual([400, 200]);

    const second = await house.handler(chatRequest(native({ foo: 2, top_k: 5 })));
    expect(second.status).toBe(200);
    expect(notes(second)).toEqual(["foo dropped"]);
    expect(statuses()).toEqual([400, 200, 200]);
    expect(sentFields()).toEqual([{ foo: 1, top_k: 5 }, { top_k: 5 }, { top_k: 5 }]);
  });

  it("is known to be refused by that model alone", async () => {
    await (await house.handler(chatRequest(native({ foo: 1 })))).text();
    await (await house.handler(chatRequest({ ...native({ foo: 1 }), model: LLAMA }))).text();
    expect(sentFields().at(-1)).toEqual({ foo: 1 });
  });

  it("may be one of four in one request", async () => {
    const response = await house.handler(chatRequest(native({ a: 1, b: 2, c: 3, d: 4 })));
    expect(response.status).toBe(200);
    expect(notes(response).toSorted()).toEqual(["a", "b", "c", "d"].map((key) => `${key} dropped`));
    expect(statuses()).toEqual([400, 400, 400, 400, 200]);
  });

  it("is one of too many at the fifth, and then the refusal reaches the caller", async () => {
    const five = native({ a: 1, b: 2, c: 3, d: 4, e: 5 });
    expect((await house.handler(chatRequest(five))).status).toBe(400);
    expect((await house.handler(chatRequest(five))).status).toBe(200);
  });

  it("is left out of streams too, before the first byte of an answer", async () => {
    const response = await house.handler(chatRequest({ ...native({ foo: 1 }), stream: true }));
    const { chunks, done } = chunksOf(await response.text());
    expect([response.status, done]).toEqual([200, true]);
    expect(chunks.some(({ choices }) => choices[0]?.delta.content)).toBe(true);
    expect(notes(response)).toEqual(["foo dropped"]);
    expect(statuses()).toEqual([400, 200]);

    await (await house.handler(chatRequest({ ...native({ foo: 1 }), stream: true }))).text();
    expect(statuses()).toEqual([400, 200, 200]);
  });

  it("is learned of once where several choices are asked for side by side", async () => {
    const response = await house.handler(chatRequest({ ...native({ foo: 1 }), n: 3 }));
    expect(response.status).toBe(200);
    expect(((await response.json()) as { choices: unknown[] }).choices).toHaveLength(3);
    expect(notes(response)).toEqual(["foo dropped"]);
    expect(statuses().filter((status) => status === 200)).toHaveLength(3);

    const before = house.bedrock.requests.length;
    await (await house.handler(chatRequest({ ...native({ foo: 1 }), n: 3 }))).text();
    expect(statuses().slice(before)).toEqual([200, 200, 200]);
  });

  it("is shown as left out to who asks what would be sent", async () => {
    await (await house.handler(chatRequest(native({ foo: 1 })))).text();
    const explained = await house.handler(
      chatRequest(native({ foo: 1 }), { headers: { "x-bedrock-explain": "1" } }),
    );
    expect(await explained.json()).not.toHaveProperty("request.body.additionalModelRequestFields");
  });
});

describe("a parameter that neither OpenAI nor Bedrock knows", () => {
  it("is not even tried on a family whose parameters are known", async () => {
    const response = await house.handler(chatRequest({ model: CLAUDE, foo: 1, bar: 2 }));
    expect(response.status).toBe(200);
    expect(notes(response)).toEqual(["foo dropped", "bar dropped"]);
    expect(statuses()).toEqual([200]);
  });

  it("takes the others with it where the model refuses one: who knows none does not know the next", async () => {
    const foreign = { model: LLAMA, reasoning_config: 1, output_config: 2, reasoningConfig: 3 };
    const response = await house.handler(chatRequest(foreign));
    expect(response.status).toBe(200);
    expect(statuses()).toEqual([400, 200]);
    expect(notes(response)).toHaveLength(3);
  });
});

describe("nothing is learned", () => {
  it("where the caller wants to be refused: AWS's own refusal reaches them", async () => {
    const strict = house.withOptions({ unsupported: "reject" });
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const response = await strict(chatRequest(native({ foo: 1 })));
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({
        error: { type: "invalid_request_error", message: expect.stringContaining("foo") },
      });
    }
    expect(sentFields()).toEqual([{ foo: 1 }, { foo: 1 }]);
  });

  it("by one handler from another", async () => {
    await (await house.handler(chatRequest(native({ foo: 1 })))).text();
    await (await house.withOptions({})(chatRequest(native({ foo: 1 })))).text();
    expect(statuses()).toEqual([400, 200, 400, 200]);
  });

  it("from a tool that is called like a refusal", async () => {
    const name = "This model doesn't support tool use";
    const tools = [{ type: "function", function: { name } }];
    house.bedrock.enqueue({
      error: {
        name: "ValidationException",
        message: `The model returned the following errors: Tool '${name}' not found in provided tools`,
      },
    });
    expect((await house.handler(chatRequest({ model: CLAUDE, tools }))).status).toBe(400);
    expect((await house.handler(chatRequest({ model: CLAUDE, tools }))).status).toBe(200);
    expect(statuses()).toEqual([400, 200]);
  });

  it("that an operator said otherwise: their traits are never overruled", async () => {
    const traits = { "anthropic.*": { refusedFields: [] } };
    const own = house.withOptions({ traits });
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const response = await own(chatRequest(native({ foo: 1 })));
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ error: { message: expect.stringContaining("foo") } });
    }
    expect(sentFields()).toEqual([{ foo: 1 }, { foo: 1 }]);
  });
});

describe("a model that is less able than the table says", () => {
  it("is asked the way it can be from then on", async () => {
    const refusal = {
      error: {
        name: "ValidationException",
        message:
          "This model doesn't support the toolConfig.toolChoice.any field. Remove toolConfig.toolChoice.any and try again.",
      },
    };
    const tools = [
      { type: "function", function: { name: "f" } },
      { type: "function", function: { name: "g" } },
    ];
    const request = { model: GPT, tools, tool_choice: "required" };
    house.bedrock.enqueue(refusal);
    const first = await house.handler(chatRequest(request));
    expect([first.status, notes(first)]).toEqual([200, ["tool_choice emulated"]]);
    await (await house.handler(chatRequest(request))).text();
    const choices = house.bedrock.requests.map(
      ({ body }) => (body as { toolConfig: { toolChoice: object } }).toolConfig.toolChoice,
    );
    expect(choices).toEqual([{ any: {} }, { auto: {} }, { auto: {} }]);
  });
});
