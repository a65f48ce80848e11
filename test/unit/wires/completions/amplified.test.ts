import { describe, expect, it } from "vitest";
import type { Decoded } from "../../../../src/wires/decoded.ts";
import { refuseAmplified } from "../../../../src/wires/completions/amplified.ts";
import type { CompletionRequest } from "../../../../src/openai/completion-request.ts";

const MOST = 100;

const check = (asked: Partial<CompletionRequest>, prompts: string[], parameters = {}): void =>
  refuseAmplified(
    { model: "m", ...asked } as CompletionRequest,
    prompts.map((text) => ({ text, at: "prompt" })),
    [{ conversation: { messages: [], ...parameters } } as unknown as Decoded],
    MOST,
  );

describe("one small request", () => {
  it("may not ask for an answer that repeats a long prompt for every choice", () => {
    expect(() => check({ echo: true, n: 9 }, ["x".repeat(MOST)])).toThrow(
      expect.objectContaining({ status: 400, param: "echo" }),
    );
    expect(() => check({ echo: true, n: 2 }, ["x".repeat(MOST)])).not.toThrow();
  });

  it("may not ask for many calls that each carry long parameters", () => {
    const fields = { additionalModelRequestFields: { a: "x".repeat(MOST) } };
    expect(() => check({}, Array<string>(20).fill("x"), fields)).toThrow(
      expect.objectContaining({ status: 400, param: "prompt" }),
    );
    expect(() => check({}, ["x", "y"], fields)).not.toThrow();
  });
});
