import { Account } from "../../../../src/bedrock/clients/account.ts";
import { describe, expect, it } from "vitest";
import { createLearning, type Learning } from "../../../../src/bedrock/learning/learning.ts";
import { familyOfId } from "../../../../src/bedrock/models/family.ts";
import { nameModel, toTarget } from "../../../../src/bedrock/models/resolve.ts";
import * as dialects from "../../../../src/dialects/dialects.ts";
import type { Target } from "../../../../src/bedrock/models/target.ts";
import type { TraitOverrides } from "../../../../src/bedrock/traits/traits.ts";
import type { JsonObject } from "../../../../src/conversation/types.ts";
import { BedrockOpenAIError } from "../../../../src/errors.ts";
import { asks, fields } from "../../../support/conversations.ts";

const MODEL = "us.meta.llama3-3-70b-instruct-v1:0";

/** As AWS's refusal arrives: in the caller's words, AWS's own kept as its cause. */
const refused = (message: string, status = 400): BedrockOpenAIError =>
  new BedrockOpenAIError(status, "Invalid request.", {
    type: "invalid_request_error",
    cause: new Error(message),
  });
const extraneous = (key: string): string =>
  `Malformed input request: #: extraneous key [${key}] is not permitted, please reformat`;

const targetOf = (learning: Learning, model = MODEL, traits: TraitOverrides = {}): Target => {
  const named = nameModel({ model });
  return toTarget(named, named.family!, { traits }, learning.of, dialects);
};
/** What a lesson is asked of. */
const onConverse = (modelId: string, account?: Account): Parameters<Learning["of"]>[0] => ({
  surface: "converse",
  modelId,
  family: familyOfId(modelId) ?? "",
  account,
});
const learn = (learning: Learning, message: string, sent: JsonObject = {}, model = MODEL) =>
  learning.learn(targetOf(learning, model), asks(fields(sent)), refused(message));

describe("a lesson", () => {
  it("of one account is not taken for another's", () => {
    const learning = createLearning();
    learn(learning, "This model doesn't support system messages.");
    expect(learning.of(onConverse(MODEL))).toEqual({ system: false });
    expect(learning.of(onConverse(MODEL, new Account(0)))).toEqual({});
  });

  it("holds for the next request to that model, and for no other", () => {
    const learning = createLearning();
    expect(learn(learning, "This model doesn't support system messages.")).toEqual({ system: false });
    expect(learning.of(onConverse(MODEL))).toEqual({ system: false });
    expect(targetOf(learning).traits.system).toBe(false);
    expect(targetOf(learning, "us.meta.llama3-1-8b-instruct-v1:0").traits.system).toBe(true);
  });

  it("is added to what was learned before", () => {
    const learning = createLearning();
    learn(learning, "This model doesn't support system messages.");
    learn(learning, extraneous("a"), { a: 1, b: 1 });
    learn(learning, extraneous("b"), { b: 1 });
    expect(learning.of(onConverse(MODEL))).toEqual({
      system: false,
      refusedFields: [["a"], ["b"]],
    });
  });

  it("that is known already is none: a second attempt would be the same as the first", () => {
    const learning = createLearning();
    learn(learning, "This model doesn't support system messages.");
    expect(learn(learning, "This model doesn't support system messages.")).toBeUndefined();
    expect(learn(learning, "This model doesn't support the toolConfig.toolChoice field.")).toBeUndefined();
  });

  it("of one request alone is given, and forgotten", () => {
    const learning = createLearning();
    const claude = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
    const refusal = "The model returned the following errors: The compiled grammar is too large";
    expect(learn(learning, refusal, {}, claude)).toEqual({ strictTools: false, structuredOutput: "tool" });
    expect(learning.of(onConverse(claude))).toEqual({});
  });
});

describe("nothing is learned", () => {
  it.each([401, 404, 408, 429, 500, 503])(
    "from a failure that is no refusal of the request: %i",
    (status) => {
      const learning = createLearning();
      const thrown = refused("This model doesn't support system messages.", status);
      expect(learning.learn(targetOf(learning), asks(), thrown)).toBeUndefined();
    },
  );

  it.each([
    undefined,
    null,
    "This model doesn't support system messages.",
    new Error("This model doesn't support system messages."),
    new BedrockOpenAIError(400, "This model doesn't support system messages.", {
      type: "invalid_request_error",
    }),
    new BedrockOpenAIError(400, "x", { type: "invalid_request_error", cause: { message: 5 } }),
  ])("from what AWS did not say: %s", (thrown) => {
    const learning = createLearning();
    expect(learning.learn(targetOf(learning), asks(), thrown)).toBeUndefined();
    expect(learning.of(onConverse(MODEL))).toEqual({});
  });

  it("of a model whose name is one of an object's own members", () => {
    for (const name of ["constructor", "__proto__", "toString"])
      expect(createLearning().of(onConverse(name))).toEqual({});
  });
});

describe("what is learned of an operator's own word", () => {
  it("is nothing: it is never overruled, and a second attempt would be the same", () => {
    const learning = createLearning();
    const target = targetOf(learning, MODEL, { "meta.*": { system: true } });
    learning.learn(target, asks(), refused("This model doesn't support system messages."));
    expect(targetOf(learning, MODEL, { "meta.*": { system: true } }).traits.system).toBe(true);
  });
});

describe("memory", () => {
  it("is of 500 models: the one that was taught longest ago is forgotten first", () => {
    const learning = createLearning();
    const teach = (model: string) =>
      learn(learning, "This model doesn't support system messages.", {}, model);
    teach("acme.first");
    for (let index = 0; index < 498; index += 1) teach(`acme.model-${index}`);
    learn(learning, "This model doesn't support tool use.", {}, "acme.first");
    teach("acme.last");
    teach("acme.one-more");
    expect(learning.of(onConverse("acme.model-0"))).toEqual({});
    expect(learning.of(onConverse("acme.first"))).toEqual({
      system: false,
      tools: false,
    });
    expect(learning.of(onConverse("acme.one-more"))).toEqual({
      system: false,
    });
  });

  it("is of 64 fields a model: the one that was refused first is forgotten first", () => {
    const learning = createLearning();
    for (let index = 0; index <= 64; index += 1)
      learn(learning, extraneous(`key${index}`), { [`key${index}`]: 1 });
    const { refusedFields = [] } = learning.of(onConverse(MODEL));
    expect(refusedFields).toHaveLength(64);
    expect(refusedFields[0]).toEqual(["key1"]);
    expect(refusedFields.at(-1)).toEqual(["key64"]);
  });
});
