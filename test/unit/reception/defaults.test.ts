import { describe, expect, it } from "vitest";
import { completionRequestShape } from "../../../src/openai/completion-request.ts";
import { embeddingRequestShape } from "../../../src/openai/embedding-request.ts";
import { imageRequestShape } from "../../../src/openai/image-request.ts";
import { withDefaults } from "../../../src/reception/defaults.ts";

const MODEL = { model: "m" };

const given = (
  defaults: Record<string, unknown>,
  body: unknown = MODEL,
  shape?: Parameters<typeof withDefaults>[2],
) => withDefaults(body, { bedrock: { defaultsOf: () => [defaults] } as never, caller: {} }, shape);

describe("defaults", () => {
  it.each([
    [{ temperature: 0.2 }, {}, { temperature: 0.2 }],
    [{ temperature: 0.2 }, { temperature: 0 }, { temperature: 0 }],
    [{ temperature: 0.2 }, { temperature: null }, { temperature: 0.2 }],
    [{ stream: true }, { stream: false }, { stream: false }],
    [{ stream: true }, {}, { stream: true }],
    [{ stop: ["a"] }, { stop: "" }, { stop: "" }],
    [{ extra_body: { top_k: 5 }, top_k: 1 }, {}, { top_k: 5 }],
    [{ extra_body: { top_k: 5 } }, { top_k: 7 }, { top_k: 7 }],
    [{ own_word: { a: 1 } }, { own_word: { b: 2 } }, { own_word: { b: 2 } }],
  ])("%j fill what %j does not say", (defaults, said, expected) => {
    expect(given(defaults, { ...MODEL, ...said })).toEqual({ ...MODEL, ...expected });
  });

  it.each([
    [{ max_tokens: 9 }, { max_completion_tokens: 5 }],
    [{ max_completion_tokens: 9 }, { max_tokens: 5 }],
    [{ reasoning_effort: "high" }, { thinking: { type: "disabled" } }],
    [{ thinking: { type: "enabled", budget_tokens: 1024 } }, { reasoning_effort: "none" }],
    [{ service_tier: "flex" }, { serviceTier: { type: "priority" } }],
    [{ tool_choice: "required" }, { function_call: "none" }],
    [{ tools: [] }, { functions: [] }],
  ])("%j do not win by another word for %j", (defaults, said) => {
    expect(given(defaults, { ...MODEL, ...said })).toEqual({ ...MODEL, ...said });
  });

  it.each([
    [{ aspect_ratio: "16:9" }, { size: "1024x1024" }],
    [{ width: 512, height: 512 }, { size: "1024x1024" }],
    [{ size: "1024x1024" }, { aspect_ratio: "16:9" }],
    [{ style_preset: "anime" }, { style: "photographic" }],
    [{ numberOfImages: 4 }, { n: 1 }],
    [{ negative_prompt: "text" }, { negativeText: "cats" }],
    [{ negativeText: "text" }, { negative_prompt: "cats" }],
  ])(
    "of a model's own, %j, do not win over what is asked of an image by another word: %j",
    (defaults, said) => {
      expect(given(defaults, { ...MODEL, ...said }, imageRequestShape.shape)).toEqual({
        ...MODEL,
        ...said,
      });
    },
  );

  it.each([
    [{ output_dimension: 256 }, { dimensions: 1024 }],
    [{ embeddingConfig: { outputEmbeddingLength: 256 } }, { dimensions: 1024 }],
    [{ embeddingPurpose: "GENERIC_INDEX" }, { input_type: "search_query" }],
    [{ embeddingPurpose: "GENERIC_INDEX" }, { task: "retrieval.query" }],
  ])(
    "of a model's own, %j, do not win over what is asked of a vector by another word: %j",
    (defaults, said) => {
      expect(given(defaults, { ...MODEL, ...said }, embeddingRequestShape.shape)).toEqual({
        ...MODEL,
        ...said,
      });
    },
  );

  it("of a model's own keep their names where nothing else is asked", () => {
    const defaults = { aspect_ratio: "16:9", style_preset: "anime" };
    expect(given(defaults, MODEL, imageRequestShape.shape)).toEqual({ ...MODEL, ...defaults });
  });

  it("go into open lists one by one, and into everything else as a whole", () => {
    const defaults = {
      additionalModelRequestFields: { top_k: 5, deep: { a: 1 } },
      requestMetadata: { team: "a", cost: "b" },
      guardrailConfig: { guardrailIdentifier: "theirs", guardrailVersion: "7" },
    };
    const said = {
      additionalModelRequestFields: { deep: null },
      requestMetadata: { team: "c" },
      guardrailConfig: { guardrailIdentifier: "mine", guardrailVersion: "1" },
    };
    expect(given(defaults, { ...MODEL, ...said })).toEqual({
      ...MODEL,
      additionalModelRequestFields: { top_k: 5, deep: null },
      requestMetadata: { team: "c", cost: "b" },
      guardrailConfig: said.guardrailConfig,
    });
  });

  it.each([null, "text", 5, [], {}, { model: 5 }])("leave what is no request alone: %j", (body) => {
    expect(given({ temperature: 0 }, body)).toBe(body);
  });

  it("are not those of another endpoint", () => {
    const defaults = {
      max_completion_tokens: 50,
      logprobs: true,
      tools: [{ type: "function", function: { name: "a" } }],
      response_format: { type: "json_object" },
      temperature: 0,
      top_k: 3,
      models_own: 1,
    };
    expect(given(defaults, { ...MODEL, prompt: "a" }, completionRequestShape.shape)).toEqual({
      ...MODEL,
      prompt: "a",
      max_tokens: 50,
      temperature: 0,
      top_k: 3,
      models_own: 1,
    });
    expect(given({ echo: true, logprobs: 3, max_tokens: 0 })).toEqual(MODEL);
  });

  it("change neither the request nor themselves", () => {
    const defaults = Object.freeze({ requestMetadata: Object.freeze({ a: "1" }) });
    const body = Object.freeze({ ...MODEL, requestMetadata: Object.freeze({ b: "2" }) });
    expect(given(defaults, body)).toEqual({ ...MODEL, requestMetadata: { a: "1", b: "2" } });
    const poisoned = JSON.parse('{"model":"m","requestMetadata":{"__proto__":{"bad":"1"}}}') as object;
    given(defaults, poisoned);
    expect(({} as Record<string, unknown>)["bad"]).toBeUndefined();
  });
});

describe("defaults of a name that leads to another", () => {
  const chained = (body: object, ...defaults: object[]) =>
    withDefaults(
      { model: "outer", ...body },
      { bedrock: { defaultsOf: () => defaults } as never, caller: {} },
    );

  it("say what the nearer ones do not: a guardrail behind them is not lost", () => {
    const guardrailConfig = { guardrailIdentifier: "g", guardrailVersion: "1" };
    const inner = { extra_body: { guardrailConfig, top_k: 1 } };
    expect(chained({}, { extra_body: { top_k: 5 } }, inner)).toMatchObject({ guardrailConfig, top_k: 5 });
  });

  it("yield to the nearer ones' words for the same thing", () => {
    const body = chained({}, { max_tokens: 5 }, { max_completion_tokens: 100 });
    expect(body).toMatchObject({ max_tokens: 5 });
    expect(body).not.toHaveProperty("max_completion_tokens");
  });
});
