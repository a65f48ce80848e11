import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { traitsOf } from "../../src/bedrock/traits.ts";
import { fit } from "../../src/conversation/fit.ts";
import type { ContentBlock, Conversation, Message } from "../../src/conversation/types.ts";

const text = fc.oneof(fc.constantFrom("", " ", "a ", "b"), fc.string({ maxLength: 8 }));
const name = fc.oneof(fc.constantFrom("f", "f.g", "f_g"), fc.string({ minLength: 1, maxLength: 70 }));
const texts = fc.array(
  text.map((value): ContentBlock => ({ text: value })),
  { maxLength: 2 },
);
const turn: fc.Arbitrary<Message[]> = fc
  .record({ role: fc.constantFrom("user" as const, "assistant" as const), content: texts })
  .map((message) => [message]);

/** Tool calls, the same id now and then twice, and their results in one turn or several. */
const round: fc.Arbitrary<Message[]> = fc
  .tuple(fc.array(fc.tuple(name, name), { minLength: 1, maxLength: 3 }), texts, text, fc.boolean())
  .map(([calls, before, result, together]) => {
    const uses = calls.map(([toolUseId, toolName]) => ({
      toolUse: { toolUseId, name: toolName, input: {} },
    }));
    const results = calls.map(([toolUseId]) => ({ toolResult: { toolUseId, content: [{ text: result }] } }));
    const answers: Message[] = (together ? [results] : results.map((one) => [one])).map((content) => ({
      role: "user",
      content,
    }));
    return [{ role: "assistant", content: [...before, ...uses] }, ...answers];
  });

const messages = fc.array(fc.oneof(turn, round), { minLength: 1, maxLength: 5 }).map((parts) => parts.flat());
const tools = fc
  .array(name, { minLength: 1, maxLength: 4 })
  .map((names) =>
    names.map((each) => ({ toolSpec: { name: each, inputSchema: { json: { type: "object" } } } })),
  );
const conversation: fc.Arbitrary<Conversation> = fc.record(
  {
    messages,
    system: fc.array(
      text.map((value) => ({ text: value })),
      { maxLength: 2 },
    ),
    inferenceConfig: fc.record(
      {
        temperature: fc.double({ min: 0, max: 2, noNaN: true }),
        topP: fc.double({ min: 0, max: 1, noNaN: true }),
      },
      { requiredKeys: [] },
    ),
    toolConfig: fc.record(
      { tools, toolChoice: fc.constantFrom({ auto: {} }, { any: {} }) },
      { requiredKeys: ["tools"] },
    ),
    outputConfig: fc.constant({
      textFormat: {
        type: "json_schema",
        structure: { jsonSchema: { name: "out", schema: '{"type":"object"}' } },
      },
    }),
    additionalModelRequestFields: fc.constant({
      tool_choice: { type: "auto", disable_parallel_tool_use: true },
    }),
  },
  { requiredKeys: ["messages"] },
) as fc.Arbitrary<Conversation>;

const family = fc.constantFrom(
  "anthropic.claude-sonnet-4-5-20250929-v1:0",
  "anthropic.claude-opus-5-5",
  "amazon.nova-pro-v1:0",
  "meta.llama3-3-70b-instruct-v1:0",
  "openai.gpt-6-sol",
  "mistral.mistral-7b-instruct-v0:2",
  "mistral.pixtral-large-2502-v1:0",
  "somebody.new-model",
);

/** The fitted conversation, or undefined where there is nothing to answer. */
function tryFit(input: Conversation, model: string): Conversation | undefined {
  try {
    return fit(input, traitsOf(model)).conversation;
  } catch {
    return undefined;
  }
}

describe("fitting", () => {
  it("changes nothing the second time", () => {
    fc.assert(
      fc.property(conversation, family, (input, model) => {
        const once = tryFit(input, model);
        if (once) expect(tryFit(once, model)).toEqual(once);
      }),
      { numRuns: 1_000 },
    );
  });

  it("never touches its input", () => {
    fc.assert(
      fc.property(conversation, family, (input, model) => {
        const before = structuredClone(input);
        tryFit(deepFreeze(input), model);
        expect(input).toEqual(before);
      }),
      { numRuns: 500 },
    );
  });

  it("leaves turns that alternate, names and ids that Bedrock accepts, and no blank text", () => {
    fc.assert(
      fc.property(conversation, family, (input, model) => {
        const fitted = tryFit(input, model);
        if (!fitted) return;
        for (const [index, { role, content }] of fitted.messages.entries()) {
          expect(role).toBe(index % 2 === 0 ? "user" : "assistant");
          expect(content.length).toBeGreaterThan(0);
          for (const { text: value, toolUse } of content) {
            if (value !== undefined) expect(value.trim()).not.toBe("");
            if (toolUse) expect(`${toolUse.name} ${toolUse.toolUseId}`).toMatch(/^[\w-]{1,64} [\w-]{1,64}$/);
          }
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

function deepFreeze<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  for (const child of Object.values(Object.freeze(value))) deepFreeze(child);
  return value;
}
