import { describe, expect, it } from "vitest";
import { createLineUp } from "../../../src/bedrock/line-up.ts";
import type { ModelAliases } from "../../../src/bedrock/models/aliases.ts";
import { BedrockOpenAIError } from "../../../src/errors.ts";

const NOVA = "us.amazon.nova-pro-v1:0";
const throttling = new BedrockOpenAIError(429, "slow", { type: "rate_limit_error" });

function lineUpOf(models: ModelAliases) {
  let time = 0;
  const lineUp = createLineUp(
    { models },
    () => undefined,
    () => time,
  );
  const names = (model: string, more: object = {}): (string | undefined)[] =>
    lineUp.of({ model, ...more }).map(({ asked }) => asked.model);
  return { lineUp, names, pass: (ms: number) => void (time += ms) };
}

const pair: ModelAliases = {
  a: { model: NOVA, region: "us-east-1", fallbacks: ["b"] },
  b: { model: NOVA, region: "us-west-2" },
};

describe("who is asked", () => {
  it("is one alone where the operator sends the caller to one place", () => {
    const { names } = lineUpOf(pair);
    expect(names("a", { own: { model: NOVA } })).toEqual(["a"]);
    expect(names("a", { own: { region: "eu-west-1" } })).toEqual(["a", "b"]);
  });

  it("has the caller's id for the URL only as the first", () => {
    const { lineUp } = lineUpOf(pair);
    const ids = lineUp.of({ model: "a", modelId: "x" }).map(({ asked }) => asked.modelId);
    expect(ids).toEqual(["x", undefined]);
  });

  it("is asked last while it rests, a fallback too", () => {
    const { lineUp, names, pass } = lineUpOf({ ...pair, c: { model: NOVA, fallbacks: ["a", "b"] } });
    const [a] = lineUp.of({ model: "a" });
    lineUp.start(a!).failed(throttling);
    expect(names("a")).toEqual(["b", "a"]);
    expect(names("c")).toEqual(["c", "b", "a"]);
    pass(2_000);
    expect(names("a")).toEqual(["a", "b"]);
  });

  it("rests as a place and not as a name: with the same model elsewhere nothing is wrong", () => {
    const { lineUp, names } = lineUpOf({
      ...pair,
      east: { model: NOVA, region: "us-east-1", fallbacks: ["b"] },
    });
    lineUp.start(lineUp.of({ model: "a" })[0]!).failed(throttling);
    expect(names("east")).toEqual(["b", "east"]);
    expect(lineUp.of({ model: "b" })).toHaveLength(1);
  });

  it("is two places, where two servers of the operator's call their models alike", () => {
    const { lineUp, names } = lineUpOf({
      pool: { spread: { one: 1, two: 1 } },
      one: { url: "http://one/", model: "mine" },
      two: { url: "http://two/", model: "mine" },
    });
    lineUp.start(lineUp.of({ model: "one" })[0]!).failed(throttling);
    expect(names("pool")[0]).toBe("two");
  });
});
