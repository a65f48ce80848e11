import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TRAITS_TABLE } from "../../src/bedrock/traits/traits-table.ts";
import { fit, PASSES } from "../../src/conversation/fit.ts";
import type { Conversation } from "../../src/conversation/types.ts";
import { BedrockOpenAIError } from "../../src/errors.ts";
import { resolveModel } from "../../src/testing/catalogue/model-id.ts";
import type { ConverseRequest } from "../../src/testing/rules/request.ts";
import { checkRules } from "../../src/testing/rules/rule.ts";
import { RULES } from "../../src/testing/rules/rules.ts";
import { readShape } from "../../src/testing/shapes/check-shape.ts";
import { converseRequest, converseStreamRequest } from "../../src/testing/shapes/converse-request.ts";
import { anyConversation } from "../support/any-conversation.ts";
import { CHAT_MODELS, rowOf, traitsFor } from "../support/chat-models.ts";
import { createShapeJudge, hasServiceModel } from "../support/service-model.ts";

type Fit = ReturnType<typeof fit>;

/** Undefined where the caller is told that it cannot be done. Anything else that is thrown fails the property. */
function tryFit(input: Conversation, model: string): Fit | undefined {
  try {
    return fit(input, traitsFor(model));
  } catch (thrown) {
    if (BedrockOpenAIError.isInstance(thrown) && thrown.status === 400) return undefined;
    throw thrown;
  }
}

/** Refuses as AWS does, whole and streamed: first the shape, then the rules of Converse and of the model. */
function emulatorReads({ conversation }: Fit, model: string): void {
  const streams = traitsFor(model).streamingTools || !conversation.toolConfig;
  for (const streaming of streams ? [false, true] : [false]) {
    const shape = streaming ? converseStreamRequest : converseRequest;
    const read = readShape(shape, { ...conversation, modelId: model }) as unknown as ConverseRequest;
    checkRules(RULES, read, resolveModel(model), streaming);
  }
}

const anyModel = fc.constantFrom(...CHAT_MODELS);

/** Holds for every conversation that can be fitted; there have to be some. */
function holds(
  model: fc.Arbitrary<string>,
  numRuns: number,
  check: (fitted: Fit, model: string) => void,
): void {
  let fittedOnes = 0;
  fc.assert(
    fc.property(anyConversation, model, (input, each) => {
      const fitted = tryFit(input, each);
      if (!fitted) return;
      fittedOnes += 1;
      check(fitted, each);
    }),
    { numRuns },
  );
  expect(fittedOnes).toBeGreaterThan(0);
}

describe("fitting", () => {
  it("leaves out only passes that would have done nothing", () => {
    fc.assert(
      fc.property(anyConversation, anyModel, (input, model) => {
        const fitted = tryFit(input, model);
        if (!fitted) return;
        const everything = PASSES.reduce(
          (sofar, [pass]) => {
            const { conversation, adjustments } = pass(sofar.conversation, traitsFor(model), new Map());
            return { conversation, adjustments: [...sofar.adjustments, ...adjustments] };
          },
          { conversation: input, adjustments: [] as Fit["adjustments"] },
        );
        expect({ ...fitted, restore: undefined }).toEqual({ ...everything, restore: undefined });
      }),
      { numRuns: 500 },
    );
  });

  it("is the same for the same request: another prompt would not be cached, and thoughts bound to it refused", () => {
    fc.assert(
      fc.property(anyConversation, anyModel, (input, model) => {
        expect(tryFit(structuredClone(input), model)).toEqual(tryFit(input, model));
      }),
      { numRuns: 500 },
    );
  });

  it("changes nothing the second time", () => {
    holds(anyModel, 1_000, ({ conversation }, model) =>
      expect(tryFit(conversation, model)?.conversation).toEqual(conversation),
    );
  });

  it("never touches its input", () => {
    fc.assert(
      fc.property(anyConversation, anyModel, (input, model) => {
        const before = structuredClone(input);
        tryFit(deepFreeze(input), model);
        expect(input).toEqual(before);
      }),
      { numRuns: 500 },
    );
  });

  it("tells what it did in whole sentences, once", () => {
    holds(anyModel, 500, ({ adjustments }) => {
      for (const { param, reason } of adjustments) {
        expect(param).not.toBe("");
        expect(reason).toMatch(/^\S.*\.$/s);
      }
      expect(new Set(adjustments.map((note) => JSON.stringify(note))).size).toBe(adjustments.length);
    });
  });

  it("makes the hidden tool one that has to be called", () => {
    holds(anyModel, 1_000, ({ conversation, restore }) => {
      if (restore.jsonTool === undefined) return;
      const native = conversation.additionalModelRequestFields?.["tool_choice"] as
        | { type?: string }
        | undefined;
      const [kind = native?.type] = Object.keys(conversation.toolConfig?.toolChoice ?? {});
      expect(["any", "tool"]).toContain(kind);
    });
  });
});

describe("the emulator accepts every fitted request", () => {
  it("of a model for each row of the table of traits", () => {
    // Converse has none of the models that only mantle serves, and no imported ones.
    const rows = new Set(
      [...CHAT_MODELS, "xai.grok-4.3", "google.gemma-4-31b", "imported.openai"].map(rowOf),
    );
    expect(TRAITS_TABLE.map(([pattern]) => pattern).filter((pattern) => !rows.has(pattern))).toEqual([]);
    expect(rows).toContain(undefined);
  });

  it.each(CHAT_MODELS)("for %s", (model) => {
    holds(fc.constant(model), 100, (fitted) => expect(() => emulatorReads(fitted, model)).not.toThrow());
  });
});

describe.skipIf(!hasServiceModel())("AWS's own service model", () => {
  // skipped where the service model is not beside the project
  it("has nothing to say against a fitted request", () => {
    const judge = createShapeJudge("ConverseRequest");
    holds(anyModel, 1_000, ({ conversation }, modelId) =>
      expect(judge({ ...conversation, modelId })).toEqual([]),
    );
  });
});

function deepFreeze<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  for (const child of Object.values(Object.freeze(value))) deepFreeze(child);
  return value;
}
