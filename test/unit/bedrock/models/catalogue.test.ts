import { describe, expect, it } from "vitest";
import { GUIDE_STRINGS } from "../../../support/model-strings.ts";
import { OBSERVED_CHAT, OBSERVED_OTHERS, type Way } from "../../../support/model-ids.ts";
import { NOT_FOUND, refusalOf, targetOf, wayOf } from "./way-of.ts";

/** The judge of model strings: AWS's documentation and two guides decide what is right, not the code. */

describe("every chat model seen at AWS", () => {
  it.each(OBSERVED_CHAT)("$id goes by $way", ({ id, base, way }) => {
    const target = targetOf(id);
    expect({ id: target.modelId, family: target.family, region: target.region, way: wayOf(target) }).toEqual({
      id,
      family: base,
      region: undefined,
      way,
    });
  });

  it.each(OBSERVED_CHAT)("$id is the same with the provider before it", ({ id }) => {
    const { traits: _, ...said } = targetOf(`bedrock/${id}`);
    const { traits: __, ...bare } = targetOf(id);
    expect(said).toEqual(bare);
  });

  it.each(OBSERVED_CHAT)("$id has the body '$dialect' on InvokeModel", ({ id, dialect }) => {
    const { surface, ...target } = targetOf(`invoke/${id}`);
    expect([surface, target.modelId, target.dialect?.name]).toEqual(["invoke", id, dialect]);
  });

  it.each(OBSERVED_CHAT)("$id goes through Converse where that is asked for", ({ id, base }) => {
    const { surface, modelId, family, native } = targetOf(`bedrock/converse/${id}`);
    expect({ surface, modelId, family, native }).toEqual({ surface: "converse", modelId: id, family: base });
  });

  it.each(OBSERVED_CHAT.filter(({ way }) => way === "runtime/openai/v1"))(
    "$id has Converse for what the native side cannot take",
    ({ id }) => expect(targetOf(id).instead).toMatchObject({ surface: "converse", modelId: id }),
  );

  it.each(OBSERVED_CHAT.filter(({ way }) => way.startsWith("mantle/")))(
    "$id has nothing instead: only one host serves it",
    ({ id }) => expect(targetOf(id).instead).toBeUndefined(),
  );
});

describe("every other model seen at AWS", () => {
  it.each(OBSERVED_OTHERS)("$id ($kind) keeps its id and its family", ({ id }) => {
    for (const geo of ["", "us.", "global."]) {
      const { modelId, family, region } = targetOf(`bedrock/eu-west-1/${geo}${id}`);
      expect({ modelId, family, region }).toEqual({
        modelId: `${geo}${id}`,
        family: id,
        region: "eu-west-1",
      });
    }
  });

  it.each(OBSERVED_OTHERS.filter(({ kind }) => kind !== "video-to-text"))(
    "$id ($kind) is never written to in a chat model's words",
    ({ id }) =>
      expect([targetOf(id).dialect, refusalOf(`invoke/${id}`)]).toMatchObject([undefined, NOT_FOUND]),
  );
});

describe("models that AWS has retired, or that are gated", () => {
  it.each<[id: string, way: Way, dialect: string | undefined]>([
    ["anthropic.claude-v1", "converse", "anthropic-text"],
    ["anthropic.claude-v2", "converse", "anthropic-text"],
    ["anthropic.claude-v2:1", "converse", "anthropic-text"],
    ["anthropic.claude-instant-v1", "converse", "anthropic-text"],
    ["anthropic.claude-3-opus-20240229-v1:0", "converse", "anthropic-messages"],
    ["anthropic.claude-mythos-5-1", "converse", "anthropic-messages"],
    ["anthropic.claude-mythos-5", "mantle/anthropic/v1", "anthropic-messages"],
    ["anthropic.claude-mythos-preview", "mantle/anthropic/v1", "anthropic-messages"],
    ["amazon.titan-text-lite-v1", "invoke", "titan-text"],
    ["amazon.titan-text-express-v1", "invoke", "titan-text"],
    ["amazon.titan-text-premier-v1:0", "invoke", "titan-text"],
    ["amazon.titan-tg1-large", "invoke", "titan-text"],
    ["amazon.nova-2-pro-preview-20251202-v1:0", "converse", "nova"],
    ["cohere.command-text-v14", "invoke", "cohere-command"],
    ["cohere.command-light-text-v14", "invoke", "cohere-command"],
    ["cohere.command-r-v1:0", "invoke", "cohere-command-r"],
    ["cohere.command-r-plus-v1:0", "invoke", "cohere-command-r"],
    ["ai21.j2-mid-v1", "invoke", "ai21-j2"],
    ["ai21.j2-ultra-v1", "invoke", "ai21-j2"],
    ["ai21.jamba-instruct-v1:0", "converse", "jamba"],
    ["ai21.jamba-1-5-large-v1:0", "converse", "jamba"],
    ["meta.llama2-13b-chat-v1", "converse", "llama2"],
    ["meta.llama2-70b-chat-v1", "converse", "llama2"],
    ["meta.llama3-8b-instruct-v1:0", "converse", "llama3"],
    ["meta.llama3-70b-instruct-v1:0", "converse", "llama3"],
    ["us.meta.llama3-2-90b-instruct-v1:0", "converse", "llama3"],
    ["mistral.mistral-7b-instruct-v0:2", "converse", "mistral-text"],
    ["mistral.mixtral-8x7b-instruct-v0:1", "converse", "mistral-text"],
    ["mistral.mistral-large-2402-v1:0", "converse", "mistral-chat"],
    ["mistral.mistral-small-2402-v1:0", "converse", "mistral-chat"],
    ["us.deepseek.r1-v1:0", "converse", "deepseek-r1"],
    ["google.gemma-3-12b-it", "converse", "openai-chat"],
    ["writer.palmyra-vision-7b", "converse", "openai-chat"],
    ["us.twelvelabs.pegasus-1-2-v1:0", "invoke", "pegasus"],
    ["openai.gpt-5.6-cyber", "mantle/openai/v1", "openai-reasoning-chat"],
    ["openai.daybreak-blue", "mantle/openai/v1", "openai-reasoning-chat"],
    ["qwen.qwen3-coder-30b-a3b-instruct", "mantle/v1", "openai-chat"],
    ["stability.sd3-large-v1:0", "converse", undefined],
    ["stability.stable-diffusion-xl-v1", "converse", undefined],
  ])("%s goes by %s", (id, way, dialect) => {
    const target = targetOf(id);
    const invoked = dialect === undefined ? undefined : targetOf(`invoke/${id}`).dialect?.name;
    expect([target.modelId, wayOf(target), invoked]).toEqual([id, way, dialect]);
  });
});

describe("models that nobody knows yet", () => {
  it.each<[id: string, way: Way]>([
    ["us.anthropic.claude-opus-9", "converse"],
    ["acme.thinker-v1:0", "converse"],
    ["global.acme.thinker", "converse"],
    ["us.openai.gpt-9-sol", "runtime/openai/v1"],
    ["openai.gpt-9-sol", "mantle/openai/v1"],
    ["us.xai.grok-9", "converse"],
    ["us.zai.glm-9", "converse"],
  ])("%s goes by %s", (id, way) => {
    const target = targetOf(id);
    expect([target.modelId, wayOf(target)]).toEqual([id, way]);
  });
});

describe("every model string of the two guides, and of LiteLLM's grammar", () => {
  it.each(GUIDE_STRINGS)("$model", ({ model, region, id, family, way }) => {
    const target = targetOf(model);
    expect({ ...target, way: wayOf(target), traits: undefined }).toMatchObject({
      region,
      modelId: id,
      family,
      way,
    });
  });

  it("lets a word that hides in the name of a model say nothing: converse, nova, llama are whole segments", () => {
    for (const id of [
      "converse.model-v1",
      "invoke.model-v1",
      "amazon.nova-2-lite-v1:0",
      "meta.llama4-x-v1:0",
    ])
      expect(targetOf(id)).toMatchObject({ modelId: id, family: id, surface: "converse" });
  });

  it.each([
    "async_invoke",
    "agent",
    "agentcore",
    "claude_platform",
    "Converse",
    "converse_",
    "vertex_ai",
    "azure",
  ])("%s/ is no way to a chat model, and is not taken for one of a similar name", (word) =>
    expect(refusalOf(`bedrock/${word}/amazon.nova-pro-v1:0`)).toMatchObject(NOT_FOUND),
  );
});

describe("model_id beside model", () => {
  const PROFILE = "arn:aws:bedrock:eu-central-1:000000000000:application-inference-profile/a0a0a0a0a0a0";
  const PROVISIONED = "arn:aws:bedrock:us-west-2:000000000000:provisioned-model/a0a0a0a0a0a0";

  it.each<[model: string, modelId: string, family: string, region: string | undefined, way: Way]>([
    [
      "bedrock/anthropic.claude-3-5-sonnet-20240620-v1:0",
      PROFILE,
      "anthropic.claude-3-5-sonnet-20240620-v1:0",
      "eu-central-1",
      "converse",
    ],
    [
      "bedrock/anthropic.claude-instant-v1",
      PROVISIONED,
      "anthropic.claude-instant-v1",
      "us-west-2",
      "converse",
    ],
    [
      "bedrock/anthropic.claude-instant-v1",
      "provisioned-model-arn",
      "anthropic.claude-instant-v1",
      undefined,
      "converse",
    ],
    [
      "bedrock/amazon.titan-embed-text-v1",
      "provisioned-model-arn",
      "amazon.titan-embed-text-v1",
      undefined,
      "converse",
    ],
    [
      "bedrock/amazon.titan-text-express-v1",
      PROVISIONED,
      "amazon.titan-text-express-v1",
      "us-west-2",
      "invoke",
    ],
    ["bedrock/invoke/anthropic.claude-v2", PROVISIONED, "anthropic.claude-v2", "us-west-2", "invoke"],
    ["us-east-1/anthropic.claude-v2", PROVISIONED, "anthropic.claude-v2", "us-east-1", "converse"],
    ["us.openai.gpt-6-sol", PROFILE, "openai.gpt-6-sol", "eu-central-1", "converse"],
    ["llama/my-model", PROFILE, "imported.llama", "eu-central-1", "invoke"],
  ])("%s and %s: the model says what it is, the id where it is", (model, modelId, family, region, way) => {
    const target = targetOf({ model, modelId });
    expect([target.modelId, target.family, target.region, wayOf(target)]).toEqual([
      modelId,
      family,
      region,
      way,
    ]);
  });

  it("is read as a model string is: its prefixes are not part of the URL", () => {
    expect(targetOf({ model: "amazon.nova-pro-v1:0", modelId: `bedrock/${PROFILE}` })).toMatchObject({
      modelId: PROFILE,
      family: "amazon.nova-pro-v1:0",
      region: "eu-central-1",
    });
  });

  it.each(["", "../x", "a/b", "arn:aws:iam::000000000000:role/x", "a b"])(
    "%j is refused by its own name",
    (modelId) =>
      expect(refusalOf({ model: "amazon.nova-pro-v1:0", modelId })).toMatchObject({
        ...NOT_FOUND,
        message: expect.stringContaining(`'${modelId}'`),
      }),
  );
});

describe("the access gateway's aliases", () => {
  const models = {
    "gpt-*": "anthropic.claude-3-sonnet-20240229-v1:0",
    "text-embedding-*": "cohere.embed-multilingual-v3",
  };

  it.each([
    ["gpt-3.5-turbo", "anthropic.claude-3-sonnet-20240229-v1:0"],
    ["GPT-4o", "anthropic.claude-3-sonnet-20240229-v1:0"],
    ["bedrock/gpt-4o-mini", "anthropic.claude-3-sonnet-20240229-v1:0"],
    ["text-embedding-ada-002", "cohere.embed-multilingual-v3"],
    ["text-embedding-3-small", "cohere.embed-multilingual-v3"],
    ["text-embedding-3-large", "cohere.embed-multilingual-v3"],
  ])("%s is %s", (model, id) => {
    const { modelId, family } = targetOf(model, models);
    expect([modelId, family]).toEqual([id, id]);
  });

  it.each(OBSERVED_CHAT.map(({ id }) => id))("swallow no model of Bedrock's: %s", (id) => {
    expect(targetOf(id, models).modelId).toBe(id);
    expect(targetOf(`bedrock/${id}`, models).modelId).toBe(id);
  });
});
