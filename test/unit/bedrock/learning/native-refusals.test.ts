import { beforeEach, describe, expect, it } from "vitest";
import {
  createNativeRefusals,
  EVERYTHING,
  type NativeRefusals,
} from "../../../../src/bedrock/learning/native-refusals.ts";
import { BedrockOpenAIError } from "../../../../src/errors.ts";
import { targetOf } from "../models/way-of.ts";

const GPT = targetOf("us.openai.gpt-6-sol");
const ASKED = { model: "x", messages: [], seed: 1, tools: [], stop: "END" };

let refusals: NativeRefusals;
beforeEach(() => {
  refusals = createNativeRefusals();
});

interface Said {
  status?: number;
  code?: string;
  param?: string | null;
}

const refusal = (message: string, { status = 400, code = "validation_error", param = null }: Said = {}) =>
  new BedrockOpenAIError(status, "masked", {
    type: "invalid_request_error",
    code,
    param,
    cause: new Error(message),
  });

const known = (): string[] => [...refusals.refusedBy(GPT, "chat")];

describe("a refusal by a native endpoint", () => {
  it.each<[string, string, Said]>([
    ["by its code", "no", { code: "unsupported_parameter", param: "seed" }],
    ["of an unknown parameter", "no", { code: "unknown_parameter", param: "seed" }],
    ["by its words", "Unsupported parameter: 'seed'", { param: "seed" }],
    ["by its words behind others", "Validation error: Unknown parameter 'seed'", { param: "seed" }],
    ["as models say it", "seed is not supported with this model", { param: "seed" }],
    ["deep inside", "no", { code: "unsupported_parameter", param: "seed.inner[0].x" }],
    ["inside a list", "no", { code: "unsupported_parameter", param: "seed[0]" }],
  ])("%s is remembered for that model", (_, message, said) => {
    expect(refusals.refuses({ target: GPT, api: "chat", asked: ASKED }, refusal(message, said))).toBe(true);
    expect(known()).toEqual(["seed"]);
    expect(refusals.refusedBy(targetOf("us.openai.gpt-6-luna"), "chat").size).toBe(0);
  });

  it("of a value sends this request another way, and nobody else's: another value may do", () => {
    for (const [message, said] of [
      ["no", { code: "unsupported_value", param: "seed" }],
      ["Unsupported value: 'seed' does not support 0.1 with this model.", { param: "seed" }],
    ] as const) {
      expect(refusals.refuses({ target: GPT, api: "chat", asked: ASKED }, refusal(message, said))).toBe(true);
      expect(known()).toEqual([]);
    }
  });

  it.each([
    ["a value that no model has", "Invalid value: 'xhigh'. Supported values are: 'low'."],
    ["words that quote the caller", "Bad text: \"The model 'x' does not support the '/v1' API\""],
    ["quoted parameters", "Bad text: Unsupported parameter: 'seed'"],
  ])("is not %s", (_, message) => {
    expect(
      refusals.refuses({ target: GPT, api: "chat", asked: ASKED }, refusal(message, { param: "seed" })),
    ).toBe(false);
    expect(known()).toEqual([]);
  });

  it.each([
    "This model does not support the '/v1/chat/completions' API",
    "The model 'x' isn't supported on this route",
  ])("of the model itself is one of everything: %s", (message) => {
    expect(refusals.refuses({ target: GPT, api: "chat", asked: ASKED }, refusal(message))).toBe(true);
    expect(known()).toEqual([EVERYTHING]);
  });

  it.each<[string, unknown]>([
    ["another status", refusal("Unsupported parameter", { status: 500, param: "seed" })],
    ["a limit", refusal("Too many tokens", { status: 429, code: "rate_limit_exceeded" })],
    ["a fault in the request", refusal("messages: at least one is needed", { param: "messages" })],
    ["an error of the network", new TypeError("Unsupported parameter")],
    ["nothing", undefined],
    [
      "an error without a cause",
      new BedrockOpenAIError(400, "Unsupported parameter", { type: "x", code: null, param: "seed" }),
    ],
  ])("is not %s", (_, thrown) => {
    expect(refusals.refuses({ target: GPT, api: "chat", asked: ASKED }, thrown)).toBe(false);
    expect(known()).toEqual([]);
  });

  it.each(["model", "messages", "messages[0].content", "temperature", "", "__proto__", "constructor"])(
    "of %j sends this request another way, but teaches nothing that would keep others from it",
    (param) => {
      expect(
        refusals.refuses(
          { target: GPT, api: "chat", asked: ASKED },
          refusal("no", { code: "unsupported_parameter", param }),
        ),
      ).toBe(true);
      expect(known()).toEqual([]);
    },
  );

  it("adds to those before it", () => {
    for (const param of ["seed", "tools", "seed"])
      refusals.refuses(
        { target: GPT, api: "chat", asked: ASKED },
        refusal("no", { code: "unsupported_parameter", param }),
      );
    expect(known()).toEqual(["seed", "tools"]);
  });

  it("is not kept for models without end", () => {
    const at = (index: number) => ({ ...GPT, modelId: `m${index}` });
    for (let index = 0; index <= 500; index += 1)
      refusals.refuses(
        { target: at(index), api: "chat", asked: ASKED },
        refusal("no", { code: "unsupported_parameter", param: "seed" }),
      );
    expect([0, 1, 500].map((index) => refusals.refusedBy(at(index), "chat").size)).toEqual([0, 1, 1]);
  });
});

describe("a refusal that names no param", () => {
  it.each([
    ["Unsupported parameter: 'seed' is not supported with this model."],
    ["Unknown parameter: 'seed.inner'."],
    ["seed is not supported for this model"],
    ["seed: Extra inputs are not permitted"],
  ])("is remembered by its words: %s", (message) => {
    expect(refusals.refuses({ target: GPT, api: "chat", asked: ASKED }, refusal(message))).toBe(true);
    expect(known()).toEqual(["seed"]);
  });

  it.each([
    "Function tools with reasoning_effort are not supported for this model in /v1/chat/completions.",
    "This model does not support image inputs.",
    "messages.0.seed: Extra inputs are not permitted",
  ])("sends this request another way where its words name nothing that could be left out: %s", (message) => {
    expect(refusals.refuses({ target: GPT, api: "chat", asked: ASKED }, refusal(message))).toBe(true);
    expect(known()).toEqual([]);
  });
});
