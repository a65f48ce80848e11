import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { accountArn, IMPORTED_MODELS } from "../../src/testing/index.ts";
import { eventually, type House, openHouse } from "../support/bedrock.ts";
import { chatRequest } from "../support/requests.ts";
import { ask, finishOf, invoked, sentBody, textIn, user } from "./dialects.ts";

/** Models of the caller's own, which Bedrock knows by an ARN that tells nothing. */

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(async () => {
  await eventually(() => house.bedrock.openRequests === 0);
  await house.bedrock.close();
});

const arn = (id: string): string => accountArn("imported-model", id);
const HELLO = { messages: [user("hello")] };
const CONVERSATION = {
  messages: [
    { role: "system", content: "Be brief." },
    user("first"),
    { role: "assistant", content: "second" },
    user("third"),
  ],
};
const WAYS = [{ stream: false }, { stream: true }];

/** How each is asked: by its own template, or by OpenAI's messages where it is new enough for them. */
const ASKED: Readonly<Record<string, RegExp>> = {
  llama0000001: /^<\|begin_of_text\|>/,
  qwen30000001: /^OpenAI$/,
  mistral00001: /^<s>\[INST\]/,
  gptoss000001: /^OpenAI$/,
  llama0000002: /^OpenAI$/,
  cold00000001: /^OpenAI$/,
  old000000001: /^<s>\[INST\]/,
  base00000001: /^OpenAI$/,
};

describe("an imported model whose ARN is all that is given", () => {
  describe.each(WAYS)("(stream: $stream)", (way) => {
    it.each(IMPORTED_MODELS.filter(({ id }) => !id.startsWith("cold")))(
      "is looked up, and asked in the words that it knows: $name",
      async ({ id }) => {
        const told = await ask(house.handler, { model: arn(id), ...CONVERSATION }, way);
        expect(textIn(told)).toMatch(/^You said: third\n/);
        expect(finishOf(told)).toBe("stop");
        const { prompt = "OpenAI" } = sentBody(house);
        expect(prompt).toMatch(ASKED[id]!);
      },
    );

    it("keeps every knob of its own format, also where that is old", async () => {
      const knobs = { temperature: 0.3, top_p: 0.5, top_k: 5, max_tokens: 2, stop: ["END"] };
      const told = await ask(house.handler, { model: arn("old000000001"), ...HELLO, ...knobs }, way);
      expect([told.status, finishOf(told), textIn(told)]).toEqual([200, "length", "You said"]);
      expect(sentBody(house)).toEqual({ prompt: "<s>[INST] hello [/INST]", ...knobs });
    });
  });

  it("is looked up once", async () => {
    const lookups = (): number =>
      house.bedrock.requests.filter(({ operation }) => operation === "GetImportedModel").length;
    for (let times = 0; times < 3; times += 1)
      await ask(house.handler, { model: arn("llama0000001"), ...HELLO });
    expect(lookups()).toBe(1);
  });

  it("is not looked up where the caller says what it is", async () => {
    for (const name of ["llama", "mistral", "deepseek_r1", "qwen2", "qwen3", "openai"])
      expect((await ask(house.handler, { model: `${name}/${arn("any000000001")}`, ...HELLO })).status).toBe(
        200,
      );
    expect(house.bedrock.requests.every(({ operation }) => operation === "InvokeModel")).toBe(true);
  });
});

describe("an imported model that has to be woken", () => {
  const COLD = `llama/${arn("cold00000009")}`;

  it.each(WAYS)("answers once it is awake (stream: $stream)", { timeout: 15_000 }, async (way) => {
    const handler = house.withOptions({ timeouts: { ready: 10_000 } });
    const told = await ask(handler, { model: COLD, ...HELLO }, way);
    expect(textIn(told)).toMatch(/^You said: hello\n/);
    expect(invoked(house).map(({ status }) => status)).toEqual([429, 429, 200]);
  });

  it("is not waited for longer than the operator wants", async () => {
    const handler = house.withOptions({ timeouts: { ready: 1 } });
    const { status, error, headers } = await ask(handler, { model: COLD, ...HELLO });
    expect([status, error!.code, headers.get("retry-after")]).toEqual([503, "model_not_ready", "10"]);
    expect(invoked(house)).toHaveLength(1);
  });

  it("is not waited for by a caller who has left", async () => {
    const controller = new AbortController();
    const handler = house.withOptions({ timeouts: { ready: 60_000 } });
    const answering = handler(chatRequest({ model: COLD, ...HELLO }, { signal: controller.signal }));
    await eventually(() => invoked(house).at(-1)?.status === 429);
    controller.abort();
    expect((await answering).ok).toBe(false);
    expect(invoked(house)).toHaveLength(1);
    expect(house.logged).toEqual([]);
  });
});
