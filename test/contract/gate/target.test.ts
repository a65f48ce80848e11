import { createServer } from "node:http";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { BedrockOpenAIOptions, Caller } from "../../../src/index.ts";
import { openAccounts, signersOf, THEIRS, type TwoAccounts } from "../../support/accounts.ts";
import { CLAUDE, NOVA } from "../../support/bedrock.ts";
import { converseServer } from "../../support/converse-server.ts";
import { listening } from "../../support/doors/served.ts";
import { chat, everyone, post } from "./asking.ts";

let accounts: TwoAccounts;
beforeAll(async () => {
  accounts = await openAccounts();
});
afterEach(() => {
  accounts.ours.reset();
  accounts.theirs.reset();
});
afterAll(() => accounts.close());

const sentTo = (target: NonNullable<Caller["target"]>, options: BedrockOpenAIOptions = {}) =>
  accounts.handlerOf(options.models, { authorize: everyone({ target }), passThrough: true, ...options });

const theirs = (): NonNullable<Caller["target"]> => ({
  credentials: THEIRS,
  endpoint: accounts.theirs.url,
  region: "eu-central-1",
});

const BODY = { messages: [{ role: "user", content: [{ text: "Hi" }] }] };

describe("a caller who is sent to an account and a Region of its own", () => {
  it.each<[string, (handler: ReturnType<typeof sentTo>) => Promise<Response>]>([
    ["an answer", (handler) => chat(handler, { model: NOVA })],
    ["a stream", (handler) => chat(handler, { model: NOVA, stream: true })],
    ["a Region of its words", (handler) => chat(handler, { model: `us-west-2/${NOVA}` })],
    ["an alias with a Region", (handler) => chat(handler, { model: "here" })],
    [
      "embeddings",
      (handler) => post(handler, "/v1/embeddings", { model: "amazon.titan-embed-text-v2:0", input: "Hi" }),
    ],
    ["moderation", (handler) => post(handler, "/v1/moderations", { input: "Hi" })],
    ["AWS's own path", (handler) => post(handler, `/bedrock/model/${NOVA}/converse`, BODY)],
    [
      "AWS's own path to what is no model",
      (handler) =>
        post(handler, "/bedrock/guardrail/abc/version/1/apply", {
          source: "INPUT",
          content: [{ text: { text: "Hi" } }],
        }),
    ],
  ])("is nobody else, whatever the request says: %s", async (_, ask) => {
    const handler = sentTo(theirs(), { models: { here: { model: NOVA, region: "us-east-1" } } });
    const response = await ask(handler);
    expect(response.status).toBe(200);
    await response.arrayBuffer();
    expect(accounts.ours.requests).toEqual([]);
    expect(signersOf(accounts.theirs)).toEqual([`${THEIRS.accessKeyId} eu-central-1/bedrock`]);
  });

  it("may be sent to one model, whatever it names", async () => {
    const handler = sentTo({ modelId: CLAUDE });
    for (const body of [{ model: NOVA }, { model: NOVA, model_id: "us.amazon.nova-lite-v1:0" }]) {
      expect((await chat(handler, body)).status).toBe(200);
      expect(accounts.ours.requests.at(-1)!.path).toContain(encodeURIComponent(CLAUDE));
    }
  });

  it("gives its key to no server of the operator's, which keeps the one it has", async () => {
    const { heard, answer } = converseServer();
    const server = await listening(createServer(answer));
    try {
      const models = { mine: { model: "mine", url: server.baseURL, apiKey: "key-of-the-server" } };
      for (const target of [{ apiKey: "bedrock-key-of-a-tenant" }, { credentials: THEIRS }]) {
        expect((await chat(sentTo(target, { models }), { model: "mine" })).status).toBe(200);
        expect(heard.at(-1)!.headers.authorization).toBe("Bearer key-of-the-server");
      }
    } finally {
      await server.close();
    }
  });

  it("whose target makes no sense is not let in, and the operator is told why", async () => {
    const handler = sentTo({ region: "eu-nowhere" } as never);
    const response = await chat(handler);
    expect([response.status, accounts.ours.requests.length]).toEqual([500, 0]);
    expect(await response.text()).not.toContain("eu-nowhere");
    expect(accounts.logged.map(String).join()).toContain("could not tell");
  });
});
