import { Keyv } from "keyv";
import { describe, expect, it } from "vitest";
import { type BedrockOpenAIOptions, createBedrockOpenAIHandler } from "../../src/index.ts";

/** Options as JavaScript has them, where no compiler has looked. */
const start = (options: object): unknown => createBedrockOpenAIHandler(options as BedrockOpenAIOptions);

describe("what is no options at all is refused at the start, and not taken for none", () => {
  it.each([
    ["us-east-1", "a string"],
    [null, "null"],
    [["us-east-1"], "a list"],
    [true, "a boolean"],
    [3, "a number"],
    [() => ({ region: "us-east-1" }), "a function"],
  ])("%j", (options, said) => {
    expect(() => createBedrockOpenAIHandler(options as never)).toThrow(
      new TypeError(`bedrock-openai: options are an object, such as { region: "us-east-1" }, not ${said}.`),
    );
  });
});

describe("an option that is not understood is refused at the start", () => {
  it.each([
    ["is no guard", { apikeys: ["k"] }, "there is no option 'apikeys'; did you mean 'apiKeys'?"],
    ["is no guard", { authorise: () => false }, "there is no option 'authorise'; did you mean 'authorize'?"],
    ["is no bound", { maxConcurency: 1 }, "did you mean 'maxConcurrency'?"],
    ["refuses nothing", { unsuported: "reject" }, "did you mean 'unsupported'?"],
    ["is no bound", { timeout: 5 }, "did you mean 'timeouts'?"],
    ["is a guard that nobody has set", { apikeys: undefined }, "there is no option 'apikeys'"],
    ["is the mount's of another door", { prefix: "/v1" }, "there is no option 'prefix'; known are region, "],
    [
      "is every object's own",
      { constructor: () => false },
      "there is no option 'constructor'; known are region, ",
    ],
    [
      "says nothing of a model",
      { traits: { "amazon.nova-pro-*": { tool: false } } },
      "'traits' of 'amazon.nova-pro-*': there is no 'tool'; did you mean 'tools'?",
    ],
    ["says nothing of a model", { traits: { "*": false } }, "'traits' of '*': must be an object."],
    ["says nothing of a model", { traits: "no tools" }, "'traits' must be an object of patterns"],
    ["opens no door to every page", { cors: "https://app.example.com" }, "'cors' must be"],
    [
      "opens no door to every page",
      { cors: { origin: "https://app.example.com" } },
      "'cors' has no 'origin'",
    ],
    ["opens no door to every page", { cors: { origins: undefined } }, "'cors.origins' must be"],
    ["opens no private network", { cors: { privateNetwork: "false" } }, "'cors.privateNetwork' must be"],
    ["lends no credentials", { allowRequestCredentials: "false" }, "'allowRequestCredentials' must be"],
    ["serves no further paths", { passThrough: "false" }, "'passThrough' must be"],
    ["is no key", { apiKeys: "sk-one" }, "'apiKeys' must be a list"],
    ["asks nobody who may call", { authorize: "sk-one" }, "'authorize' must be a function"],
    ["calls nobody", { client: {} }, "'client' must be a BedrockRuntimeClient"],
    ["calls nobody", { client: null }, "'client' must be a BedrockRuntimeClient"],
    ["is told to nobody", { onUsage: console }, "'onUsage' must be a function"],
    ["is no place to report to", { logger: { info: () => undefined } }, "'logger' must have"],
    ["is no bound", { timeouts: { firstbyte: 1000 } }, "'timeouts' has no 'firstbyte'"],
    ["is no bound", { timeouts: 5000 }, "'timeouts' must be an object"],
    ["names no model", { models: ["us.amazon.nova-pro-v1:0"] }, "'models' must be an object"],
    ["stops no download", { media: false }, "'media' must be an object; { fetch: false } is"],
    ["stops no download", { media: { fetsch: false } }, "'media' has no 'fetsch'; known are fetch, "],
    ["is no bound", { media: { max_bytes: 1000 } }, "'media' has no 'max_bytes'"],
    [
      "keeps no prompt out of spans",
      { telemetry: { captureContent: "false" } },
      "'telemetry.captureContent' must be true or false",
    ],
    ["captures nothing", { telemetry: { capture: true } }, "'telemetry' has no 'capture'"],
    ["watches nothing", { telemetry: "otel" }, "'telemetry' must be true, false or an object"],
    [
      "costs nothing",
      { prices: { "*": { input: 1, outputs: 2 } } },
      "'prices' of '*': there is no 'outputs'",
    ],
    ["is no engine", { store: "redis://127.0.0.1" }, "'store' must be a store, not its URL"],
    ["is no engine", { store: true }, "'store' must have the functions 'get', 'set' and 'delete'"],
    ["is half an engine", { store: { get: () => 1 } }, "'store' must have the functions"],
    ["is no bound", { store: { maxBytes: "64 MiB" } }, "'store.maxBytes' must be a positive number"],
    ["is no bound", { store: { maxItems: 1000 } }, "'store' has no 'maxItems'"],
    ["is no bound", { store: {} }, "'store.maxBytes' must be"],
    ["keeps nothing", { storeTtl: 0 }, "'storeTtl' must be a whole number of milliseconds"],
    ["is no time that an engine knows", { storeTtl: 1.5 }, "'storeTtl' must be"],
    ["would keep for ever", { storeTtl: Infinity }, "'storeTtl' must be"],
    [
      "seals with what can be guessed",
      { stateSecret: "hunter2" },
      "'stateSecret' must be a text of at least 32",
    ],
    ["seals with nothing", { stateSecret: "" }, "'stateSecret' must be"],
    ["is told to nobody", { waitUntil: true }, "'waitUntil' must be a function"],
  ])("where it %s: %j", (_, options, complaint) => {
    expect(() => start(options)).toThrow(complaint);
  });

  it("and one whose name is known is none, said or not", () => {
    for (const traits of [undefined, {}, { "*": {} }, { "*": { tools: false } }])
      expect(() => start({ region: undefined, apiKeys: undefined, traits })).not.toThrow();
  });

  it("and the engines that people run are understood", () => {
    const engines = [false, undefined, { maxBytes: 1 }, new Map(), new Keyv()];
    for (const store of engines) expect(() => start({ store })).not.toThrow();
  });
});
