import { describe, expect, it } from "vitest";
import { checkEntries } from "../../../src/bedrock/models/check-entries.ts";
import { BedrockOpenAIError } from "../../../src/errors.ts";
import { readCaller } from "../../../src/gate/read-caller.ts";

const read = (said: object) => readCaller(said, (target) => checkEntries({ target }));

const faultOf = (said: object): string => {
  try {
    read(said);
  } catch (error) {
    if (!BedrockOpenAIError.isInstance(error)) throw error;
    expect([error.status, error.message]).toEqual([500, "The server could not tell what you may do."]);
    return (error.cause as Error).message;
  }
  return "none";
};

const PAIRS = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}`, "v"]));

describe("what authorize says of a caller", () => {
  it.each([
    { id: "ada" },
    { models: [] },
    { models: ["gpt-*"] },
    { id: "ada", limits: { concurrency: 1, requestsPerMinute: 60, tokensPerMinute: 10_000 } },
    { id: "ada", limits: {} },
    { metadata: { tenant: "acme", "cost center": "a/b+c=d" } },
    { metadata: PAIRS(16) },
    { metadata: { empty: "" } },
    { target: { region: "eu-central-1", profile: "acme" } },
  ])("is believed: %j", (caller) => {
    expect(read(caller)).toBe(caller);
  });

  it.each<[object, RegExp]>([
    [{}, /says nothing/],
    [[], /says nothing/],
    [[{ id: "ada" }], /says nothing/],
    [new Date(), /says nothing/],
    [{ name: "ada", admin: true }, /there is no 'name'; known are id, models/],
    [{ id: "" }, /'id' must be a text/],
    [{ id: 7 }, /'id' must be a text/],
    [{ models: "gpt-4o" }, /'models' must be a list/],
    [{ models: [""] }, /'models' must be a list/],
    [{ id: "a", limits: { requestsPerMinute: 0 } }, /'limits' must be whole numbers/],
    [{ id: "a", limits: { requestsPerMinute: "60" } }, /'limits' must be/],
    [{ id: "a", limits: { concurrency: Number.NaN } }, /'limits' must be/],
    [{ id: "a", limits: { perMinute: 60 } }, /'limits' must be/],
    [{ limits: { concurrency: 1 } }, /are those of an 'id'/],
    [{ metadata: PAIRS(17) }, /at most 16/],
    [{ metadata: { tenant: "ac\u{6d}e\u{2014}" } }, /AWS's characters/],
    [{ metadata: { "": "x" } }, /AWS's characters/],
    [{ metadata: { tenant: 7 } }, /AWS's characters/],
    [{ metadata: { tenant: "x".repeat(257) } }, /AWS's characters/],
    [{ target: "acme" }, /'target' must be an object/],
    [{ target: { regoin: "eu-central-1" } }, /there is no 'regoin'/],
    [{ target: { fallbacks: ["x"] } }, /has no 'fallbacks'/],
    [{ target: { credentials: undefined } }, /'credentials' is undefined/],
  ])("is not believed, and lets nobody in: %j", (said, fault) => {
    expect(faultOf(said)).toMatch(fault);
  });

  it.each(["id", "models", "limits", "metadata", "target"])(
    "is not taken for 'no bounds' where %s was looked up and not found",
    (name) => {
      expect(faultOf({ [name]: undefined })).toMatch(`'${name}' must be`);
    },
  );
});
