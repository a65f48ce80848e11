import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BedrockOpenAIError } from "../../../../src/errors.ts";
import { anyModelName } from "../../../support/any-model-name.ts";
import { targetOf } from "./way-of.ts";
import type { Target } from "../../../../src/bedrock/models/target.ts";

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
const ID = /^\w[\w.:/@+-]*$|^[\w-]+([.:@+][\w-]+)*$/;
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
      fc.property(anyModelName, (model) => {
        const target = attempt(model);
        if (target) expectHarmless(target);
      }),
      { numRuns: 3_000 },
    );
  });

  it("is the same as a caller's model_id, and behind an alias", () => {
    fc.assert(
      fc.property(anyModelName, (text) => {
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
      fc.property(anyModelName, (model) => {
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
