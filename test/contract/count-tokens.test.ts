import type OpenAI from "openai";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { BedrockOpenAIError, countTokens } from "../../src/index.ts";
import { accountArn, APPLICATION_PROFILES } from "../../src/testing/index.ts";
import { CLAUDE, eventually, type House, MISTRAL, NOVA, openHouse } from "../support/bedrock.ts";
import { PNG } from "../support/clients.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterEach(() => house.bedrock.reset());
afterAll(() => house.bedrock.close());

const BASE = CLAUDE.replace("us.", "");
const hello = (model: string) => ({
  model,
  messages: [{ role: "user", content: "Hello, how many is this?" }],
});
const asked = () => house.bedrock.requests.filter(({ operation }) => operation === "CountTokens");

describe("where AWS counts", () => {
  it.each([
    ["a base id", BASE],
    ["a profile", CLAUDE],
    ["a profile's ARN", `arn:aws:bedrock:us-east-1:123456789012:inference-profile/${CLAUDE}`],
    ["a model's ARN", `arn:aws:bedrock:us-east-1::foundation-model/${BASE}`],
    ["an alias", "smart"],
    ["a route", `bedrock/converse/${CLAUDE}`],
  ])("the count is its own, by the base id: %s", async (_, model) => {
    const handler = house.withOptions({ models: { smart: CLAUDE } });
    const count = await countTokens(hello(model), handler);
    expect(count).toEqual({ inputTokens: expect.any(Number), estimated: false });
    expect(asked().map(({ modelId }) => modelId)).toEqual([BASE]);
  });

  it("the count is the usage of the request itself", async () => {
    const request = {
      model: CLAUDE,
      messages: [
        { role: "system", content: "Be brief." },
        {
          role: "user",
          content: [
            { type: "text", text: "What is it?" },
            { type: "image_url", image_url: { url: `data:image/png;base64,${PNG}` } },
          ],
        },
      ],
      tools: [{ type: "function", function: { name: "look", parameters: { type: "object" } } }],
    };
    const { inputTokens, estimated } = await countTokens(request, house.handler);
    const response = await house.handler(
      new Request("http://x/v1/chat/completions", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(request),
      }),
    );
    const { usage } = (await response.json()) as OpenAI.ChatCompletion;
    expect([inputTokens, estimated]).toEqual([usage!.prompt_tokens, false]);
  });

  it("is asked what would be sent: with the operator's defaults, and without what fitting drops", async () => {
    const handler = house.withOptions({
      models: { [CLAUDE]: { defaults: { additionalModelRequestFields: { top_k: 5 } } } },
    });
    await countTokens({ ...hello(CLAUDE), temperature: 0.5, top_p: 0.5, logit_bias: { 1: 1 } }, handler);
    const { body } = asked()[0]!;
    expect(body).toEqual({
      input: {
        converse: {
          messages: [{ role: "user", content: [{ text: "Hello, how many is this?" }] }],
          additionalModelRequestFields: { top_k: 5 },
        },
      },
    });
  });

  it("takes a file of megabytes", async () => {
    const url = `data:text/plain;base64,${Buffer.from("many words ".repeat(300_000)).toString("base64")}`;
    const content = [
      { type: "text", text: "Read." },
      { type: "file", file: { filename: "a.txt", file_data: url } },
    ];
    const request = (model: string) => ({ model, messages: [{ role: "user", content }] });
    expect((await countTokens(request(CLAUDE), house.handler)).estimated).toBe(false);
    const guess = await countTokens(request(NOVA), house.handler);
    expect(guess.estimated).toBe(true);
    // Text is text, whatever it is wrapped in.
    expect(guess.inputTokens).toBeGreaterThan(600_000);
  });
});

describe("where AWS does not count", () => {
  it("a careful guess is given, and AWS asked once an hour", async () => {
    const handler = house.withOptions({});
    for (let time = 0; time < 3; time += 1) {
      expect(await countTokens(hello(NOVA), handler)).toEqual({
        inputTokens: expect.any(Number),
        estimated: true,
      });
    }
    expect(asked()).toHaveLength(1);
    expect(await countTokens(hello(CLAUDE), handler)).toMatchObject({ estimated: false });
  });

  it.each([
    ["invoke-only", "amazon.titan-text-express-v1"],
    ["imported", "bedrock/llama/arn:aws:bedrock:us-east-1:123456789012:imported-model/abc123def456"],
    ["native alone", "mantle/openai.gpt-6-sol"],
    ["by InvokeModel", `bedrock/invoke/${CLAUDE}`],
  ])("nothing is asked of it: %s", async (_, model) => {
    const count = await countTokens(hello(model), house.handler);
    expect(count.estimated).toBe(true);
    expect(count.inputTokens).toBeGreaterThan(5);
    expect(asked()).toEqual([]);
  });

  it("that is no failure, nor that this identity may not ask", async () => {
    const handler = house.withOptions({});
    const denied = { name: "AccessDeniedException", message: "not authorized: bedrock:CountTokens" };
    house.bedrock.refuse("CountTokens", denied, 1);
    expect(await countTokens(hello(CLAUDE), handler)).toMatchObject({ estimated: true });
    expect(await countTokens(hello(CLAUDE), handler)).toMatchObject({ estimated: true });
    // What is refused in one Region is not in another.
    const elsewhere = await countTokens(hello(`us-west-2/${CLAUDE}`), handler);
    expect(elsewhere).toMatchObject({ estimated: false });
  });

  it("an application profile may still hide a model that it counts for", async () => {
    const arn = accountArn("application-inference-profile", APPLICATION_PROFILES[0]!.id);
    const count = await countTokens(hello(arn), house.handler);
    expect(count.inputTokens).toBeGreaterThan(0);
  });
});

describe("what goes wrong", () => {
  it.each([
    ["ThrottlingException", "Too many requests: your account counts too often", 429],
    ["ExpiredTokenException", "The security token included in the request is expired", 401],
    ["ValidationException", "The number of images exceeds the account's count", 400],
    ["ServiceUnavailableException", "count later", 503],
  ])("is told, and spoils nothing: %s", async (name, message, status) => {
    const handler = house.withOptions({});
    house.bedrock.refuse("CountTokens", { name, message }, 1);
    await expect(countTokens(hello(CLAUDE), handler)).rejects.toMatchObject({ status });
    expect(await countTokens(hello(CLAUDE), handler)).toMatchObject({ estimated: false });
  });

  it("is a request that could not be sent either", async () => {
    const wrong: unknown = await countTokens({ model: CLAUDE, messages: [] }, house.handler).catch(
      (thrown: unknown) => thrown,
    );
    expect(BedrockOpenAIError.isInstance(wrong)).toBe(true);
    expect(wrong).toMatchObject({ status: 400, param: "messages" });
    await expect(countTokens(hello("../x"), house.handler)).rejects.toMatchObject({ status: 404 });
    await expect(countTokens(null as never, house.handler)).rejects.toMatchObject({ status: 400 });
  });

  it("is a caller who leaves, before and meanwhile", async () => {
    const controller = new AbortController();
    const counting = countTokens(hello(CLAUDE), house.handler, { signal: controller.signal });
    controller.abort(new Error("left"));
    await expect(counting).rejects.toThrow("left");
    await expect(countTokens(hello(MISTRAL), house.handler, { signal: controller.signal })).rejects.toThrow(
      "left",
    );
  });
});

it("keeps its connection for options that are given again", async () => {
  const options = {
    endpoint: house.bedrock.url,
    region: "us-east-1",
    credentials: { accessKeyId: "AKIAEMULATOR00000000", secretAccessKey: "unused" },
    apiKey: "bedrock-key",
  };
  const before = house.bedrock.connections;
  for (let time = 0; time < 5; time += 1) await countTokens(hello(CLAUDE), options);
  await eventually(() => asked().length === 5);
  expect(house.bedrock.connections - before).toBe(1);
});
