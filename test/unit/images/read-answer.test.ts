import { describe, expect, it } from "vitest";
import { AMAZON } from "../../../src/images/families/amazon.ts";
import { imageFamilyOf } from "../../../src/images/families.ts";
import { collected } from "../../../src/images/collected.ts";
import { readAnswer } from "../../../src/images/read-answer.ts";
import { drawSeed } from "../../../src/images/seeds.ts";
import type { Adjustment } from "../../../src/adjustments.ts";

const read = (text: string, count = 1) =>
  readAnswer(text, AMAZON, { body: {}, count }, "amazon.nova-canvas-v1:0");
const incomplete = expect.objectContaining({ status: 502, code: "empty_response" }) as Error;

describe("a 200 without the pictures that were asked for", () => {
  it.each(["", "{", '{"images":["abc"', "null", "[]", "<html>", "{}", '{"images":[]}', '{"images":[null]}'])(
    "%s is no answer",
    (text) => {
      expect(() => read(text)).toThrow(incomplete);
    },
  );

  it("is no answer either where some are missing and nobody says why", () => {
    expect(() => read('{"images":["a"]}', 2)).toThrow(incomplete);
  });
});

describe("a picture that was held back", () => {
  const intervened = '{"amazon-bedrock-guardrailAction":"INTERVENED","images":["a"]}';

  it("by a guardrail is never shown", () => {
    expect(read(intervened).images).toEqual([]);
  });

  it("leaves the others to the caller, who is told", () => {
    const adjustments: Adjustment[] = [];
    const made = [read('{"images":["a"]}'), read(intervened)];
    expect(collected(made, { adjustments })).toHaveLength(1);
    expect(adjustments).toEqual([{ param: "n", action: "clamped", reason: "A guardrail intervened." }]);
  });

  it("and was the only one is a refusal", () => {
    expect(() => collected([read(intervened)], { adjustments: [] })).toThrow(
      expect.objectContaining({ status: 400, code: "content_policy_violation" }) as Error,
    );
  });
});

describe("what AWS says of a picture", () => {
  const OWN = "arn:aws:iam::123456789012:role/x, account 123456789012";

  it("tells no caller the operator's account", () => {
    expect(read(JSON.stringify({ images: ["a"], error: `blocked by ${OWN}` })).withheld).toBe(
      "blocked by (an ARN of iam), account (an account)",
    );
    expect(() => read(JSON.stringify({ error: `boom: ${OWN}` }))).toThrow(
      expect.objectContaining({
        code: "model_error",
        message: expect.not.stringContaining("123456789012") as string,
      }) as Error,
    );
  });

  it("is told in few words", () => {
    expect(read(JSON.stringify({ error: "blocked ".repeat(10_000) })).withheld).toHaveLength(500);
  });
});

describe("a seed by chance", () => {
  it("is another one each time, and within bounds", () => {
    const seeds = Array.from({ length: 50 }, () => drawSeed(2_147_483_646));
    expect(new Set(seeds).size).toBeGreaterThan(45);
    expect(seeds.every((seed) => Number.isInteger(seed) && seed >= 0 && seed <= 2_147_483_646)).toBe(true);
  });
});

describe("the family of a model", () => {
  it.each([
    ["amazon.nova-canvas-v1:0", "amazon"],
    ["amazon.titan-image-generator-v2:0", "amazon"],
    ["stability.stable-image-inpaint-v1:0", "stability-services"],
    ["stability.stable-outpaint-v1:0", "stability-services"],
    ["stability.stable-image-core-v1:1", "stable-image"],
    ["stability.sd3-large-v1:0", "stable-image"],
    ["stability.stable-diffusion-xl-v0", "sdxl"],
    ["amazon.titan-embed-image-v1", undefined],
    ["amazon.nova-reel-v1:0", undefined],
    ["amazon.nova-pro-v1:0", undefined],
    ["", undefined],
  ])("%s is %s", (model, name) => {
    expect(imageFamilyOf(model)?.name).toBe(name);
  });
});
