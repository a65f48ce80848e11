import { describe, expect, it } from "vitest";
import { completionRequest } from "../../../src/openai/completion-request.ts";
import { parseRequest } from "../../../src/reception/parse-request.ts";

const parse = (body: object) => parseRequest(completionRequest, { model: "m", prompt: "x", ...body });

function complaint(body: object): unknown {
  try {
    parse(body);
  } catch (error) {
    return error;
  }
  throw new Error(`nothing is wrong with ${JSON.stringify(body)}`);
}

describe("a completion request", () => {
  it.each<[string, unknown]>([
    ["a text", "x"],
    ["texts", ["x", "y"]],
    ["token ids", [1, 2]],
    ["lists of token ids", [[1, 2], [3]]],
  ])("may ask to continue %s", (_, prompt) => {
    expect(parse({ prompt }).prompt).toEqual(prompt);
  });

  it("may leave out everything but model and prompt, by null too, and say what nobody knows", () => {
    const nothing = Object.fromEntries(
      [
        "best_of",
        "echo",
        "frequency_penalty",
        "logit_bias",
        "logprobs",
        "max_tokens",
        "n",
        "presence_penalty",
      ]
        .concat(["seed", "stop", "stream", "stream_options", "suffix", "temperature", "top_p", "user"])
        .map((name) => [name, null]),
    );
    expect(() => parse(nothing)).not.toThrow();
    expect(parse({ min_p: 0.1 })["min_p"]).toBe(0.1);
  });

  it.each<[object, string, string]>([
    [{ prompt: undefined }, "prompt", "missing_required_parameter"],
    [{ prompt: null }, "prompt", "invalid_type"],
    [{ prompt: { text: "x" } }, "prompt", "invalid_type"],
    [{ prompt: [] }, "prompt", "empty_array"],
    [{ prompt: ["x", 1] }, "prompt[1]", "invalid_type"],
    [{ prompt: [1, "x"] }, "prompt[1]", "invalid_type"],
    [{ prompt: [1, 1.5] }, "prompt[1]", "invalid_type"],
    [{ prompt: [1, -1] }, "prompt[1]", "integer_below_min_value"],
    [{ prompt: [[1], []] }, "prompt[1]", "empty_array"],
    [{ prompt: [[1], [2, "x"]] }, "prompt[1][1]", "invalid_type"],
    [{ prompt: [[1], "x"] }, "prompt[1]", "invalid_type"],
    [{ prompt: Array(2049).fill("x") }, "prompt", "array_above_max_length"],
    [{ best_of: 21 }, "best_of", "integer_above_max_value"],
    [{ logprobs: 6 }, "logprobs", "integer_above_max_value"],
    [{ logprobs: true }, "logprobs", "invalid_type"],
    [{ max_tokens: -1 }, "max_tokens", "integer_below_min_value"],
    [{ n: 129 }, "n", "integer_above_max_value"],
    [{ temperature: 2.5 }, "temperature", "decimal_above_max_value"],
    [{ stop: ["a", "b", "c", "d", "e"] }, "stop", "array_above_max_length"],
    [{ suffix: 1 }, "suffix", "invalid_type"],
    [{ echo: "yes" }, "echo", "invalid_type"],
    [{ frequency_penalty: -3 }, "frequency_penalty", "integer_below_min_value"],
    [{ stream_options: [] }, "stream_options", "invalid_type"],
  ])("is refused with the place of its fault: %j", (body, param, code) => {
    expect(complaint(body)).toMatchObject({ status: 400, param, code });
  });

  it("names one fault of a million bad items, not a million", () => {
    const prompt = Array.from({ length: 1_000_000 }, () => -1);
    const { error } = completionRequest.safeParse({ model: "m", prompt });
    expect(error!.issues).toHaveLength(1);
  });
});
