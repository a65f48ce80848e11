import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BedrockOpenAIError } from "../../../../src/errors.ts";
import { targetOf } from "./way-of.ts";
import type { Target } from "../../../../src/bedrock/models/target.ts";

const PIECES = [
  ..."./:\\?#%@[]*- \n\r\0",
  ..."..|//|%2e|%2F|bedrock/|converse/|invoke/|openai/|mantle/|llama/|nova/|us-east-1/|us-gov-west-1/|evil.com/".split(
    "|",
  ),
  ..."arn:aws:bedrock:|us-east-1:|123456789012:|:|imported-model/|foundation-model/|prompt/|endpoint/|custom-model/".split(
    "|",
  ),
  ..."us.|global.|amazon.nova-pro-v1:0|anthropic.claude-v2|openai.gpt-oss-120b|xai.grok-4.6|:51k|[1m]|stability.".split(
    "|",
  ),
  ..."__proto__|constructor|converse_like/|٣|/|․|​".split("|"),
];

const anyString = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }).map((pieces) => pieces.join("")),
  fc
    .tuple(fc.array(fc.constantFrom(...PIECES), { maxLength: 5 }), fc.string({ maxLength: 10 }))
    .map(([pieces, text]) => `${pieces.join("")}${text}`),
);

const MODELS = { "alias-*": "us-west-2/us.*", "*-as-is": "*" };

function attempt(model: string, modelId?: string): Target | undefined {
  try {
    return targetOf({ model, modelId }, MODELS);
  } catch (thrown) {
    expect(BedrockOpenAIError.isInstance(thrown) && [thrown.status, thrown.code]).toEqual([
      404,
      "model_not_found",
    ]);
    return undefined;
  }
}

/** AWS's own words for ids and Regions. */
const ID = /^[a-zA-Z0-9][\w.:/@+-]*$|^[\w-]+([.:@+][\w-]+)*$/;
const REGION = /^[a-z]{2,4}(-[a-z]+){1,3}-\d{1,2}$/;

function expectHarmless({ modelId, region, native, surface }: Target): void {
  const url = new URL(`https://host.invalid/model/${encodeURIComponent(modelId)}/converse`);
  expect([url.host, url.search, url.hash]).toEqual(["host.invalid", "", ""]);
  expect(url.pathname.split("/")).toEqual(["", "model", encodeURIComponent(modelId), "converse"]);
  expect(modelId).toMatch(ID);
  expect(modelId.split(/[./]/)).not.toContain("");
  if (region !== undefined) expect(region).toMatch(REGION);
  if (native) expect(native.path).toMatch(/^(\/openai)?\/v1$|^\/anthropic\/v1$/);
  expect(surface).not.toBe("converse-like");
}

describe("any string", () => {
  it("is a clean 404, or one segment of a path at a Region of AWS's", () => {
    fc.assert(
      fc.property(anyString, (model) => {
        const target = attempt(model);
        if (target) expectHarmless(target);
      }),
      { numRuns: 3_000 },
    );
  });

  it("is the same as a caller's model_id, and behind an alias", () => {
    fc.assert(
      fc.property(anyString, (text) => {
        for (const target of [
          attempt("amazon.nova-pro-v1:0", text),
          attempt(`alias-${text}`),
          attempt(`${text}-as-is`),
        ])
          if (target) expectHarmless(target);
      }),
      { numRuns: 1_000 },
    );
  });

  it("always leads to the same place", () => {
    fc.assert(
      fc.property(anyString, (model) => {
        const where = (): unknown => {
          const { traits: _, ...rest } = attempt(model) ?? { traits: undefined };
          return rest;
        };
        expect(where()).toEqual(where());
      }),
    );
  });

  it("of any length is refused or taken at once: nothing in a name is read twice", () => {
    const long = 500_000;
    for (const piece of [
      "a.",
      "a",
      "-",
      ".",
      ":",
      "/",
      "us-east-1/",
      "bedrock/",
      "[1m",
      "stability.",
      "arn:aws:",
      "a[",
      "*",
    ])
      expect(attempt(piece.repeat(long / piece.length))).toBeUndefined();
  });
});
