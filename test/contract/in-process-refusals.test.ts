import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { JsonObject } from "../../src/conversation/types.ts";
import { type BedrockOpenAIHandler, completeChat, embed, streamChat } from "../../src/index.ts";
import type { Reply } from "../../src/testing/index.ts";
import { CLAUDE, type House, openHouse } from "../support/bedrock.ts";
import { GPT } from "../support/native.ts";
import { chatRequest } from "../support/requests.ts";
import { embeddingRequest } from "./embeddings-asked.ts";

/** Who asks in process is refused in the words that the handler has for everybody else. */

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.bedrock.close());

const messages = [{ role: "user", content: "Hello" }];
const asked = (body: JsonObject) => ({ model: CLAUDE, messages, ...body });

interface Failure {
  status: number;
  code: string | null;
  param: string | null;
  message: string;
}

async function refusedByHttp(request: Request, handler: BedrockOpenAIHandler): Promise<Failure> {
  const response = await handler(request);
  const { error } = (await response.json()) as { error: Omit<Failure, "status"> };
  const { code, param, message } = error;
  return { status: response.status, code, param, message };
}

const refused = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => "answered",
    ({ name, status, code, param, message }: Failure & { name: string }) =>
      name === "BedrockOpenAIError" ? { status, code, param, message } : { name, message },
  );

describe("a request that is refused", () => {
  const looped: { own?: object } = {};
  looped.own = looped;
  const deep = (depth: number): object => (depth === 0 ? {} : { a: deep(depth - 1) });

  it.each<[string, JsonObject, Reply?]>([
    ["no messages", { messages: [] }],
    ["no model", { model: "" }],
    ["a wrong type", { temperature: "hot" }],
    ["a wrong part", { messages: [{ role: "user", content: [{ type: "text" }] }] }],
    [
      "a call without its result",
      { messages: [...messages, { role: "tool", tool_call_id: "x", content: "y" }] },
    ],
    ["an unknown model", { model: "nope" }],
    ["a model of another kind", { model: "amazon.titan-embed-text-v2:0" }],
    [
      "a URL to a private address",
      {
        messages: [
          { role: "user", content: [{ type: "image_url", image_url: { url: "http://127.0.0.1/" } }] },
        ],
      },
    ],
    ["AWS's refusal", {}, { error: { name: "AccessDeniedException", message: "no" } }],
    ["AWS's throttling", {}, { error: { name: "ThrottlingException", message: "slow" } }],
    ["AWS's failure", {}, { error: { name: "InternalServerException", message: "oops" } }],
    ["a native refusal", { model: GPT }, { error: { name: "ThrottlingException", message: "slow" } }],
    ["a native answer without a choice", { model: GPT }, { response: { choices: [] } }],
  ])("is refused in the same words: %s", async (_, body, reply) => {
    if (reply) house.bedrock.enqueue(reply, reply);
    const told = await refusedByHttp(chatRequest(asked(body)), house.withOptions({}));
    const logged = house.logged.splice(0);
    expect(await refused(completeChat(asked(body), house.withOptions({})))).toEqual(told);
    expect(house.logged).toEqual(logged);
  });

  it.each<[string, () => object]>([
    ["is nested too deeply", () => deep(300)],
    ["is nested in itself", () => looped],
  ])("when it %s, without overflowing the stack", async (_, own) => {
    const message = expect.stringMatching(/nested too deeply/);
    const body = asked({ tools: [{ type: "function", function: { name: "f", parameters: own() } }] });
    expect(await refused(completeChat(body, house.handler))).toMatchObject({ status: 400, message });
    expect(await refused(embed({ model: "m", input: "x", own: own() }, house.handler))).toMatchObject({
      status: 400,
      message,
    });
  });

  it.each<[string, unknown]>([
    ["nothing", undefined],
    ["null", null],
    ["a text", "Hello"],
    ["a list", [messages]],
    ["a request's body", JSON.stringify(asked({}))],
    ["no model", { messages }],
  ])("when it is %s", async (_, request) => {
    const asks: ((request: never, handler: BedrockOpenAIHandler) => Promise<unknown>)[] = [
      completeChat,
      streamChat,
      embed,
    ];
    for (const ask of asks)
      expect(await refused(ask(request as never, house.handler))).toMatchObject({ status: 400 });
  });

  it("by a handler of somebody else's is a mistake in the program", async () => {
    const foreign = async (): Promise<Response> => new Response();
    await expect(completeChat(asked({}), foreign)).rejects.toThrow(TypeError);
    await expect(streamChat(asked({}), { retries: -1 })).rejects.toThrow("'retries'");
  });
});

describe("what cannot be embedded", () => {
  it.each<[string, JsonObject, Reply?]>([
    ["a model of another kind", { model: CLAUDE, input: "a" }],
    ["nothing to embed", { model: "amazon.titan-embed-text-v2:0", input: "" }],
    ["dimensions that there are not", { model: "amazon.titan-embed-text-v2:0", input: "a", dimensions: 7 }],
    [
      "an answer without vectors",
      { model: "amazon.titan-embed-text-v2:0", input: "a" },
      { response: { embedding: [] } },
    ],
  ])("is refused in the same words: %s", async (_, body, reply) => {
    if (reply) house.bedrock.enqueue(reply, reply);
    const told = await refusedByHttp(embeddingRequest(body), house.handler);
    expect(await refused(embed(body as { model: string; input: string }, house.handler))).toEqual(told);
  });
});
