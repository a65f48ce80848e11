import { expect, it } from "vitest";
import { traitsOf } from "../../../src/bedrock/traits/traits.ts";
import { supportsOf } from "../../../src/models/supports.ts";

it.each([
  [
    "anthropic.claude-sonnet-4-5-20250929-v1:0",
    { tools: true, vision: true, documents: true, reasoning: true },
  ],
  ["amazon.nova-micro-v1:0", { tools: true, vision: false, reasoning: false, prompt_caching: true }],
  [
    "mistral.mistral-7b-instruct-v0:2",
    { tools: false, vision: false, system_messages: false, tool_choice: false },
  ],
])("does not promise of %s what its requests would be refused for", (family, expected) => {
  expect(supportsOf(traitsOf(family, {}, {}))).toMatchObject(expected);
});

it("does not call it structured output when a model is merely asked for JSON", () => {
  const traits = traitsOf("amazon.nova-pro-v1:0", {}, {});
  const said = (structuredOutput: typeof traits.structuredOutput) =>
    supportsOf({ ...traits, structuredOutput }).structured_output;
  expect((["native", "model", "tool", "instruction"] as const).map(said)).toEqual([true, true, true, false]);
});

it("does not call it a choice where tools are merely offered, or there are none", () => {
  const traits = traitsOf("anthropic.claude-sonnet-4-5-20250929-v1:0");
  const said = (change: Partial<typeof traits>) => supportsOf({ ...traits, ...change });
  expect(said({ toolChoice: ["auto"] })).toMatchObject({ tools: true, tool_choice: false });
  expect(said({ tools: false })).toMatchObject({ tool_choice: false, parallel_tool_calls: false });
});

it("says all that it says of every model as yes or no", () => {
  const names = Object.keys(supportsOf(traitsOf("acme.unknown")));
  expect(names).toHaveLength(14);
  for (const family of ["", "amazon.nova-2-lite-v1:0", "openai.gpt-6-sol", "amazon.titan-text-express-v1"]) {
    const supports = supportsOf(traitsOf(family));
    expect(Object.keys(supports)).toEqual(names);
    expect(Object.values(supports).every((value) => typeof value === "boolean")).toBe(true);
  }
});
