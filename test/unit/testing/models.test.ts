import {
  ListFoundationModelsCommand,
  ListInferenceProfilesCommand,
  paginateListInferenceProfiles,
} from "@aws-sdk/client-bedrock";
import type { ListFoundationModelsCommandInput } from "@aws-sdk/client-bedrock";
import { describe, expect, it } from "vitest";
import { controlClient } from "./clients.ts";
import { emulator, hello, verdict } from "./support.ts";

describe("model ids", () => {
  it.each([
    "us.anthropic.claude-opus-4-8",
    "global.anthropic.claude-sonnet-5",
    "amazon.nova-pro-v1:0",
    "us.amazon.nova-pro-v1:0",
    "openai.gpt-oss-120b-1:0",
    "mistral.ministral-3-8b-instruct",
    "jp.anthropic.claude-opus-9-9",
    "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123def456",
    "arn:aws:bedrock:us-east-1:123456789012:provisioned-model/abc123def456",
    "arn:aws:bedrock:us-east-1:123456789012:custom-model-deployment/abc123def456",
    "arn:aws:bedrock:us-east-1:123456789012:default-prompt-router/anthropic.claude:1",
    "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-opus-4-8",
    "arn:aws-us-gov:bedrock:us-gov-west-1::foundation-model/amazon.nova-pro-v1:0",
    "arn:aws:sagemaker:us-east-1:123456789012:endpoint/mine",
  ])("%s is served", async (model) => {
    expect(await verdict(await emulator(), hello, model)).toBe("accepted");
  });

  it.each([
    "anthropic.claude-opus-4-8",
    "anthropic.claude-haiku-4-5-20251001-v1:0",
    "meta.llama3-2-3b-instruct-v1:0",
    "deepseek.r1-v1:0",
    "amazon.nova-2-lite-v1:0",
    "anthropic.claude-opus-9-9",
    "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-opus-4-8",
  ])("%s needs a profile", async (model) => {
    expect(await verdict(await emulator(), hello, model)).toBe(
      `400 Invocation of model ID ${model} with on-demand throughput isn’t supported. Retry your request with the ID or ` +
        "ARN of an inference profile that contains this model.",
    );
  });

  it.each([
    "gpt-4o",
    "acme.model-v1",
    "jp.anthropic.claude-opus-4-1-20250805-v1:0",
    "arn:aws:s3:::bucket",
    "us.deepseek.v3.2",
  ])("%s is unknown", async (model) => {
    expect(await verdict(await emulator(), hello, model)).toBe(
      "400 The provided model identifier is invalid.",
    );
  });

  it.each(["amazon.titan-embed-text-v2:0", "cohere.rerank-v3-5:0", "us.stability.stable-image-inpaint-v1:0"])(
    "%s does not chat",
    async (model) => {
      expect(await verdict(await emulator(), hello, model)).toMatch(
        /^400 This action doesn't support the model/,
      );
    },
  );

  it("an id outside AWS's pattern is refused by its shape", async () => {
    expect(await verdict(await emulator(), hello, "a b")).toMatch(
      /^400 1 validation error detected: Value 'a b' at 'modelId'/,
    );
  });
});

describe("ListFoundationModels", () => {
  it("tells what callers have to know of a model", async () => {
    const { modelSummaries = [] } = await controlClient(await emulator({ region: "eu-west-1" })).send(
      new ListFoundationModelsCommand({}),
    );
    expect(modelSummaries.length).toBeGreaterThan(45);
    expect(modelSummaries.find(({ modelId }) => modelId === "anthropic.claude-opus-4-8")).toEqual({
      modelArn: "arn:aws:bedrock:eu-west-1::foundation-model/anthropic.claude-opus-4-8",
      modelId: "anthropic.claude-opus-4-8",
      modelName: "Claude Opus 4.8",
      providerName: "Anthropic",
      inputModalities: ["TEXT", "IMAGE"],
      outputModalities: ["TEXT"],
      responseStreamingSupported: true,
      customizationsSupported: [],
      inferenceTypesSupported: ["INFERENCE_PROFILE"],
      modelLifecycle: { status: "ACTIVE" },
    });
    expect(modelSummaries.every(({ providerName }) => providerName)).toBe(true);
  });

  it("filters", async () => {
    const client = controlClient(await emulator());
    const ids = async (input: ListFoundationModelsCommandInput) =>
      (await client.send(new ListFoundationModelsCommand(input))).modelSummaries?.map(
        ({ modelId }) => modelId,
      );
    expect(await ids({ byOutputModality: "EMBEDDING" })).toContain("cohere.embed-v4:0");
    expect(await ids({ byProvider: "meta" })).toHaveLength(5);
    expect(await ids({ byInferenceType: "ON_DEMAND" })).not.toContain("anthropic.claude-opus-4-8");
  });
});

describe("ListInferenceProfiles", () => {
  it("is read to its end by the SDK's paginator, page by page", async () => {
    const bedrock = await emulator();
    const ids: string[] = [];
    for await (const page of paginateListInferenceProfiles(
      { client: controlClient(bedrock), pageSize: 40 },
      { typeEquals: "SYSTEM_DEFINED" },
    )) {
      ids.push(
        ...(page.inferenceProfileSummaries ?? []).map(({ inferenceProfileId }) => inferenceProfileId ?? ""),
      );
    }
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(40);
    expect(ids.every((id) => id.startsWith("us.") || id.startsWith("global."))).toBe(true);
    expect(bedrock.requests.length).toBe(Math.ceil(ids.length / 40));
  });

  it("has more than one page when nobody asks for a size", async () => {
    const { nextToken } = await controlClient(await emulator()).send(new ListInferenceProfilesCommand({}));
    expect(nextToken).toBeDefined();
  });

  it("names the models behind a profile", async () => {
    const { inferenceProfileSummaries = [] } = await controlClient(await emulator()).send(
      new ListInferenceProfilesCommand({ maxResults: 1000 }),
    );
    expect(
      inferenceProfileSummaries.find(
        ({ inferenceProfileId }) => inferenceProfileId === "us.anthropic.claude-opus-4-8",
      ),
    ).toMatchObject({
      inferenceProfileArn:
        "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-opus-4-8",
      type: "SYSTEM_DEFINED",
      status: "ACTIVE",
      models: [
        { modelArn: "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-opus-4-8" },
        { modelArn: "arn:aws:bedrock:us-east-2::foundation-model/anthropic.claude-opus-4-8" },
        { modelArn: "arn:aws:bedrock:us-west-2::foundation-model/anthropic.claude-opus-4-8" },
      ],
    });
  });

  it.each([
    ["?maxResults=1001", "Member must have value less than or equal to 1000"],
    ["?maxResults=0", "Member must have value greater than or equal to 1"],
    ["?type=MINE", "Member must satisfy enum value set: [SYSTEM_DEFINED, APPLICATION]"],
    ["?nextToken=zzz", "The provided next token is invalid."],
  ])("refuses %s", async (query, message) => {
    const bedrock = await emulator();
    const answer = await fetch(`${bedrock.url}/inference-profiles${query}`, {
      headers: { authorization: "Bearer k" },
    });
    expect(answer.status).toBe(400);
    expect(((await answer.json()) as { message: string }).message).toContain(message);
  });
});
