import { describe, expect, it } from "vitest";
import { judged } from "../../../src/moderations/judged.ts";
import { readGuardrail } from "../../../src/moderations/read-guardrail.ts";
import { toResult, uncheckedIn } from "../../../src/moderations/verdict.ts";

const filter = (type: string, confidence: string, more: object = { action: "NONE", detected: false }) => ({
  type,
  confidence,
  ...more,
});
const GUARDED = { textCharacters: { guarded: 4, total: 4 }, images: { guarded: 1, total: 1 } };
const NOTHING = { action: "NONE", outputs: [], assessments: [{}], guardrailCoverage: GUARDED };
const read = (more: object) => readGuardrail({ ...NOTHING, ...more }, ["text"]);
const withFilters = (...filters: object[]) => read({ assessments: [{ contentPolicy: { filters } }] });

describe("a guardrail's filters", () => {
  it("are OpenAI's categories, and their confidence a score", () => {
    const { findings, flagged } = withFilters(
      filter("HATE", "NONE"),
      filter("INSULTS", "LOW"),
      filter("SEXUAL", "MEDIUM", { action: "BLOCKED" }),
      filter("VIOLENCE", "HIGH", { action: "NONE", detected: true }),
      filter("PROMPT_ATTACK", "NONE"),
      filter("BRAND_NEW", "HIGH"),
    );
    expect(flagged).toBe(true);
    expect(Object.fromEntries(findings)).toEqual({
      hate: { flagged: false, score: 0 },
      harassment: { flagged: false, score: 0.33 },
      sexual: { flagged: true, score: 0.66 },
      violence: { flagged: true, score: 1 },
    });
  });

  it("that the guardrail does not have were not checked", () => {
    const verdict = withFilters(filter("HATE", "NONE"));
    expect(uncheckedIn([verdict])).toEqual(["harassment", "sexual", "violence", "illicit"]);
    expect(toResult(verdict)).toMatchObject({
      categories: { hate: false, sexual: null, "self-harm": null },
      category_scores: { hate: 0, sexual: null, "self-harm": null },
      category_applied_input_types: { hate: ["text"], sexual: [], "self-harm": [] },
    });
  });

  it("are none where AWS does not say how sure it is", () => {
    const odd = [["HIGH"], { toString: 1 }, "constructor", null, 1].map((confidence) => ({
      type: "HATE",
      confidence,
    }));
    expect(withFilters(...odd).findings.size).toBe(0);
  });

  it("of several guardrails count as the worst of them", () => {
    const { findings } = read({
      assessments: [
        { contentPolicy: { filters: [filter("HATE", "HIGH", { action: "BLOCKED" })] } },
        { contentPolicy: { filters: [filter("HATE", "LOW")] } },
      ],
    });
    expect(findings.get("hate")).toEqual({ flagged: true, score: 1 });
  });
});

describe("an input is flagged", () => {
  it.each<[string, object]>([
    ["an intervention", { action: "GUARDRAIL_INTERVENED" }],
    ["an action that is new", { action: "BRAND_NEW" }],
    ["a denied topic", { assessments: [{ topicPolicy: { topics: [{ action: "BLOCKED" }] } }] }],
    ["a word", { assessments: [{ wordPolicy: { managedWordLists: [{ detected: true, action: "NONE" }] } }] }],
    [
      "personal data",
      { assessments: [{}, { sensitiveInformationPolicy: { piiEntities: [{ action: "ANONYMIZED" }] } }] },
    ],
    [
      "an attack",
      {
        assessments: [{ contentPolicy: { filters: [filter("PROMPT_ATTACK", "HIGH", { detected: true })] } }],
      },
    ],
  ])("for %s, whether or not it has a category", (_, more) => {
    const { flagged, bedrock } = read(more);
    expect(flagged).toBe(true);
    expect(bedrock).toMatchObject(more);
  });

  it("for nothing else", () => {
    const policies = {
      topicPolicy: { topics: [{ name: "detected", action: "NONE", detected: false }] },
      invocationMetrics: { usage: { wordPolicyUnits: 1 } },
      appliedGuardrailDetails: { guardrailOrigin: ["REQUEST"] },
    };
    expect(read({ assessments: [policies] }).flagged).toBe(false);
  });
});

describe("what a caller is not told", () => {
  it("is the account, wherever AWS writes it", () => {
    const { bedrock } = read({
      assessments: [
        {
          appliedGuardrailDetails: { guardrailId: "abc", guardrailArn: "arn:aws:bedrock:::123456789012:x" },
          automatedReasoningPolicy: {
            findings: [
              { valid: { supportingRules: [{ identifier: "r", policyVersionArn: "arn:123456789012" }] } },
            ],
          },
        },
      ],
    });
    expect(bedrock!.assessments).toEqual([
      {
        appliedGuardrailDetails: { guardrailId: "abc" },
        automatedReasoningPolicy: { findings: [{ valid: { supportingRules: [{ identifier: "r" }] } }] },
      },
    ]);
  });
});

describe("what was not looked at", () => {
  const input = {
    at: "input",
    pieces: [
      { kind: "text" as const, data: "a", at: "input[0].text" },
      { kind: "image" as const, data: "b", at: "input[1].image_url.url" },
    ],
  };
  const moderator = { name: "abc:1", region: undefined, guardrail: { identifier: "abc", version: "1" } };
  const judge = (more: object) => {
    const text = JSON.stringify({ ...NOTHING, ...more });
    return judged({ requestId: "1", headers: {}, pieces: [], text }, input, moderator);
  };
  const unseen = expect.objectContaining({
    status: 400,
    code: "moderation_unavailable",
    param: "input",
  }) as Error;
  const textOnly = { ...GUARDED, images: { guarded: 0, total: 1 } };

  it("is named by the types that a category applies to", () => {
    expect(judge({}).looked).toEqual(["text", "image"]);
    expect(judge({ action: "GUARDRAIL_INTERVENED", guardrailCoverage: textOnly }).looked).toEqual(["text"]);
  });

  it.each([
    ["an image", textOnly],
    ["one of several images", { ...GUARDED, images: { guarded: 1, total: 2 } }],
    ["all that AWS does not tell of", {}],
    ["all of it, where AWS counts nothing", { ...GUARDED, textCharacters: { guarded: 0, total: 0 } }],
    ["less than nothing", { ...GUARDED, images: { guarded: -1, total: -1 } }],
    ["the end of a text", { ...GUARDED, textCharacters: { guarded: 3, total: 4 } }],
    ["anything", undefined],
  ])("is never taken for harmless: %s", (_, guardrailCoverage) => {
    expect(() => judge({ guardrailCoverage })).toThrow(unseen);
    expect(judge({ guardrailCoverage, action: "GUARDRAIL_INTERVENED" }).flagged).toBe(true);
  });
});

it.each([[undefined], [null], ["text"], [{}], [{ action: "NONE" }], [{ assessments: [] }]])(
  "a verdict is none without an action and assessments: %j",
  (value) => {
    expect(() => readGuardrail(value, ["text"])).toThrow(expect.objectContaining({ status: 502 }));
  },
);
