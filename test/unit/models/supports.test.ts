import { expect, it } from "vitest";
import { traitsOf } from "../../../src/bedrock/traits.ts";
import { supportsOf } from "../../../src/models/supports.ts";

it.each([
  [
    "anthropic.claude-sonnet-4-5-20250929-v1:0",
    { tools: true, vision: true, documents: true, reasoning: true },
  ],
  ["amazon.nova-micro-v1:0", { tools: true, vision: false, reasoning: false, prompt_caching: true }],
  ["mistral.mistral-7b-instruct-v0:2", { tools: false, vision: false, system: false, prompt_caching: false }],
])("does not promise of %s what its requests would be refused for", (family, expected) => {
  expect(supportsOf(traitsOf(family, {}, {}))).toMatchObject(expected);
});

it("does not call it structured output when a model is merely asked for JSON", () => {
  const traits = traitsOf("amazon.nova-pro-v1:0", {}, {});
  const said = (structuredOutput: typeof traits.structuredOutput) =>
    supportsOf({ ...traits, structuredOutput }).structured_output;
  expect((["native", "model", "tool", "instruction"] as const).map(said)).toEqual([true, true, true, false]);
});
