import { describe, expect, it } from "vitest";
import { type Moderator, moderatorOf } from "../../../src/moderations/moderator.ts";
import { createNotes } from "../../../src/reception/notes.ts";

const ARN = "arn:aws:bedrock:eu-west-1:123456789012:guardrail/abc123";
const CONFIG = { guardrailIdentifier: "own1", guardrailVersion: "2" };

const decide = (more: object, models = {}): { moderator: Moderator; notes: string[] } => {
  const notes = createNotes();
  const moderator = moderatorOf({ model: "omni-moderation-latest", input: "a", ...more }, models, notes);
  return { moderator, notes: notes.adjustments.map(({ param, action }) => `${action} ${param}`) };
};
const moderator = (more: object, models = {}): Moderator => decide(more, models).moderator;

const CHECKS = { name: "guardrail-checks", region: undefined };
const guardrail = (identifier: string, version: string) => ({ identifier, version });

describe("who moderates", () => {
  it.each([
    "omni-moderation-latest",
    "omni-moderation-2024-09-26",
    "text-moderation-stable",
    "guardrail-checks",
    "bedrock/guardrail-checks",
  ])("is AWS's checks, where no guardrail is named: %s", (model) => {
    expect(moderator({ model })).toEqual(CHECKS);
  });

  it("is the guardrail of guardrailConfig, whatever the model is called", () => {
    expect(moderator({ guardrailConfig: CONFIG })).toEqual({
      name: "own1:2",
      region: undefined,
      guardrail: guardrail("own1", "2"),
    });
    expect(moderator({ model: ARN, guardrailConfig: CONFIG }).guardrail?.identifier).toBe("own1");
  });

  it("is the guardrail whose ARN is the model, in its Region, without the account in its name", () => {
    expect(decide({ model: `bedrock/${ARN}:7` })).toEqual({
      moderator: { name: "abc123:7", region: "eu-west-1", guardrail: guardrail(ARN, "7") },
      notes: [],
    });
    expect(moderator({ guardrailConfig: { ...CONFIG, guardrailIdentifier: ARN } })).toMatchObject({
      name: "abc123:2",
      region: "eu-west-1",
    });
    expect(moderator({ model_id: ARN }).guardrail?.identifier).toBe(ARN);
  });

  it.each([{ model: ARN }, { guardrailConfig: { ...CONFIG, guardrailVersion: "" } }])(
    "is a guardrail's draft where no version is said, and says so: %j",
    (request) => {
      const { moderator, notes } = decide(request);
      expect(moderator.guardrail?.version).toBe("DRAFT");
      expect(notes).toEqual(["added guardrailConfig.guardrailVersion"]);
    },
  );

  it("is where the caller or the operator says", () => {
    expect(moderator({ model: "us-west-2/guardrail-checks" }).region).toBe("us-west-2");
    expect(moderator({ model: `us-east-1/${ARN}` }).region).toBe("us-east-1");
    const models = { safe: { model: "guardrail-checks", region: "us-east-2" } };
    expect(moderator({ model: "safe" }, models)).toEqual({ ...CHECKS, region: "us-east-2" });
  });

  it("is what the operator's name for it leads to", () => {
    const models = { "omni-*": ARN, safe: "guardrail-checks", mine: { defaults: {} }, by: { modelId: ARN } };
    expect(moderator({}, models).guardrail?.identifier).toBe(ARN);
    expect(moderator({ model: "safe" }, models)).toEqual(CHECKS);
    expect(moderator({ model: "by" }, models).guardrail?.identifier).toBe(ARN);
    expect(moderator({ model: "mine", guardrailConfig: CONFIG }, models).name).toBe("own1:2");
    expect(() => moderator({ model: "mine" }, models)).toThrow("does not exist");
  });

  it.each([
    "gpt-4",
    "us.amazon.nova-pro-v1:0",
    "guardrail-checks/x",
    "mars-1/guardrail-checks",
    "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0",
    "arn:aws:bedrock:us-east-1:123456789012:guardrail/../x",
    "arn:aws-cn:bedrock:us-east-1:123456789012:guardrail/abc",
    "omni-moderation-",
    "/",
    "",
  ])("is nobody else, guardrailConfig or not: '%s'", (model) => {
    for (const guardrailConfig of [undefined, CONFIG])
      expect(() => moderator({ model, guardrailConfig })).toThrow(
        expect.objectContaining({ status: 404, code: "model_not_found", param: "model" }),
      );
  });

  it("is no model that an operator's name leads to", () => {
    const models = { "gpt-*": "us.amazon.nova-pro-v1:0" };
    expect(() => moderator({ model: "gpt-4", guardrailConfig: CONFIG }, models)).toThrow("does not exist");
  });

  it.each(["../x", "ABC", "a/b", "a b", `${ARN}:1`, "arn:aws:bedrock:mars-1:123456789012:guardrail/abc"])(
    "is no guardrail that AWS could not have: '%s'",
    (guardrailIdentifier) => {
      expect(() => moderator({ guardrailConfig: { ...CONFIG, guardrailIdentifier } })).toThrow(
        expect.objectContaining({ status: 400, param: "guardrailConfig.guardrailIdentifier" }),
      );
    },
  );
});
