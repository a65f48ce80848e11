import { describe, expect, it } from "vitest";
import { createMoves } from "../../../../src/bedrock/learning/moves.ts";
import { nameModel, toTarget } from "../../../../src/bedrock/models/resolve.ts";
import * as dialects from "../../../../src/dialects/dialects.ts";
import type { Target } from "../../../../src/bedrock/models/target.ts";
import { type BedrockOpenAIError, invalidRequest } from "../../../../src/errors.ts";

const loadDialects = () => Promise.resolve(dialects);
const ARN = "arn:aws:bedrock:us-east-1:123456789012:provisioned-model/abc123def456";

function onConverse(model: string): Target {
  const named = nameModel({ model: `converse/${model}` });
  return toTarget(named, named.family ?? "", {}, () => ({}), dialects);
}

const refused = (message: string): BedrockOpenAIError => invalidRequest("no", { cause: new Error(message) });
const NOT_SERVED = refused(
  "This action doesn't support the model that you provided. Try again with a supported text or chat model.",
);

describe("a model that Converse turns out not to serve", () => {
  it("is called by InvokeModel in its own words, and from then on", async () => {
    const moves = createMoves({}, () => ({}), loadDialects);
    const target = onConverse("meta.llama3-8b-instruct-v1:0");
    expect(moves.applied(target)).toEqual(target);
    const moved = await moves.afterRefusal(target, NOT_SERVED);
    expect(moved).toMatchObject({ surface: "invoke", dialect: { name: "llama3" }, traits: { tools: false } });
    expect(moves.applied(target)).toEqual(moved);
  });

  it("is found also where it stands in for a native endpoint", async () => {
    const moves = createMoves({}, () => ({}), loadDialects);
    const instead = onConverse("openai.gpt-oss-120b-1:0");
    const native: Target = { ...instead, surface: "openai", instead };
    expect(moves.applied(native)).toEqual(native);
    const moved = await moves.afterRefusal(instead, NOT_SERVED);
    expect(moves.applied(native)).toEqual({ ...native, instead: moved });
  });

  it("keeps what the operator says of it and what its own body taught", async () => {
    const moves = createMoves(
      { "meta.*": { images: true } },
      ({ surface }) => (surface === "invoke" ? { topK: "none", system: false } : { system: true }),
      loadDialects,
    );
    const { traits } = (await moves.afterRefusal(onConverse("meta.llama3-8b-instruct-v1:0"), NOT_SERVED))!;
    expect(traits).toMatchObject({ images: true, system: false });
  });

  it.each([
    ["whose body nobody knows", onConverse("acme.chat-v1:0"), NOT_SERVED],
    ["that hides behind an ARN", onConverse(ARN), NOT_SERVED],
    [
      "that was refused for another reason",
      onConverse("mistral.mistral-7b-instruct-v0:2"),
      refused("Too long."),
    ],
    ["that failed otherwise", onConverse("mistral.mistral-7b-instruct-v0:2"), new Error("reset")],
  ])("stays where it is: one %s", async (_, target, thrown) => {
    expect(await createMoves({}, () => ({}), loadDialects).afterRefusal(target, thrown)).toBeUndefined();
  });
});
