import { describe, expect, it } from "vitest";
import { type BedrockOpenAIOptions, createBedrockOpenAIHandler } from "../../src/index.ts";

/** Options as JavaScript has them, where no compiler has looked. */
const start = (options: object): unknown => createBedrockOpenAIHandler(options as BedrockOpenAIOptions);

describe("an option that is not understood is refused at the start", () => {
  it.each([
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
    ["is told to nobody", { onUsage: console }, "'onUsage' must be a function"],
    ["is no place to report to", { logger: { info: () => undefined } }, "'logger' must have"],
    ["is no bound", { timeouts: { firstbyte: 1000 } }, "'timeouts' has no 'firstbyte'"],
    [
      "costs nothing",
      { prices: { "*": { input: 1, outputs: 2 } } },
      "'prices' of '*': there is no 'outputs'",
    ],
  ])("where it %s: %j", (_, options, complaint) => {
    expect(() => start(options)).toThrow(complaint);
  });
});
