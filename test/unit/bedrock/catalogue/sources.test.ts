import { BedrockClient } from "@aws-sdk/client-bedrock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Source, toSource } from "../../../../src/bedrock/catalogue/source.ts";
import { customModelDeployments } from "../../../../src/bedrock/catalogue/sources/custom-model-deployments.ts";
import { foundationModels } from "../../../../src/bedrock/catalogue/sources/foundation-models.ts";
import { importedModels } from "../../../../src/bedrock/catalogue/sources/imported-models.ts";
import {
  applicationProfiles,
  systemProfiles,
} from "../../../../src/bedrock/catalogue/sources/inference-profiles.ts";
import { mantleModels } from "../../../../src/bedrock/catalogue/sources/mantle-models.ts";
import { marketplaceEndpoints } from "../../../../src/bedrock/catalogue/sources/marketplace-endpoints.ts";
import { promptRouters } from "../../../../src/bedrock/catalogue/sources/prompt-routers.ts";
import { modelNotFound } from "../../../../src/bedrock/errors/model-not-found.ts";
import { provisionedModels } from "../../../../src/bedrock/catalogue/sources/provisioned-models.ts";

const { signal } = new AbortController();
const here = (kind: string, id: string) => `arn:aws:bedrock:us-east-1:123456789012:${kind}/${id}`;
const NOVA = "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0";

let inputs: unknown[];
let answers: unknown[];
let clients: Parameters<typeof toSource>[1];

beforeEach(() => {
  inputs = [];
  answers = [];
  const client = new BedrockClient({
    region: "us-east-1",
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
  });
  client.send = (async ({ input }: { input: unknown }) => {
    inputs.push(structuredClone(input));
    return answers.shift();
  }) as never;
  clients = { control: async () => client };
});
afterEach(() => expect(answers).toEqual([]));

const ask = (listing: Parameters<typeof toSource>[0], ...pages: unknown[]) => {
  answers.push(...pages);
  return toSource(listing, clients).ask(signal);
};

describe("AWS's lists, row by row", () => {
  it("reads foundation models, and holds words that are newer than the SDK for words", async () => {
    const startOfLifeTime = new Date("2024-12-03T00:00:00Z");
    const found = await ask(foundationModels, {
      modelSummaries: [
        {
          modelId: "amazon.nova-pro-v1:0",
          modelArn: NOVA,
          modelName: "Nova Pro",
          providerName: "Amazon",
          inputModalities: ["TEXT", "VIDEO"],
          outputModalities: ["TEXT"],
          responseStreamingSupported: true,
          inferenceTypesSupported: ["ON_DEMAND", "INFERENCE_PROFILE"],
          modelLifecycle: { status: "ACTIVE", startOfLifeTime },
        },
        { modelId: "amazon.nova-pro-v1:0:300k", inferenceTypesSupported: ["PROVISIONED"] },
        { modelName: "nameless" },
      ],
    });
    expect(found).toMatchObject([
      {
        id: "amazon.nova-pro-v1:0",
        callable: true,
        created: startOfLifeTime,
        regions: ["us-east-1"],
        facts: {
          provider: "Amazon",
          inputModalities: ["TEXT", "VIDEO"],
          streaming: true,
          lifecycle: "ACTIVE",
        },
      },
      { id: "amazon.nova-pro-v1:0:300k", callable: false },
    ]);
  });

  it("follows every page of profiles, which AWS lists only by type", async () => {
    const summary = (prefix: string) => ({
      inferenceProfileId: `${prefix}.amazon.nova-pro-v1:0`,
      inferenceProfileArn: here("inference-profile", `${prefix}.amazon.nova-pro-v1:0`),
      models: [{ modelArn: NOVA }, { modelArn: NOVA.replace("us-east-1", "us-west-2") }, { modelArn: NOVA }],
      status: "ACTIVE",
    });
    const found = await ask(
      systemProfiles,
      { inferenceProfileSummaries: [summary("us")], nextToken: "2" },
      { inferenceProfileSummaries: [], nextToken: "3" },
      { inferenceProfileSummaries: [summary("ca")] },
    );
    expect(found).toMatchObject([
      {
        id: "us.amazon.nova-pro-v1:0",
        baseModel: "amazon.nova-pro-v1:0",
        regions: ["us-east-1", "us-west-2"],
      },
      { id: "ca.amazon.nova-pro-v1:0" },
    ]);
    expect(inputs).toMatchObject([
      { typeEquals: "SYSTEM_DEFINED", maxResults: 1000 },
      { nextToken: "2" },
      { nextToken: "3" },
    ]);
  });

  it("does not go round in circles where AWS gives the same page again and again", async () => {
    const page = { modelSummaries: [{ modelArn: here("imported-model", "abc") }], nextToken: "same" };
    expect(await ask(importedModels, page, page)).toHaveLength(2);
  });

  it("names a global profile's model, whose ARN has no Region", async () => {
    const models = [{ modelArn: "arn:aws:bedrock:::foundation-model/anthropic.claude-opus-5" }];
    const found = await ask(systemProfiles, {
      inferenceProfileSummaries: [{ inferenceProfileId: "global.anthropic.claude-opus-5", models }],
    });
    expect(found).toMatchObject([{ baseModel: "anthropic.claude-opus-5", regions: [], callable: true }]);
  });

  const OWNED: [string, Parameters<typeof toSource>[0], unknown, object[]][] = [
    [
      "application profiles",
      applicationProfiles,
      {
        inferenceProfileSummaries: [
          {
            inferenceProfileId: "abc",
            inferenceProfileArn: here("application-inference-profile", "abc"),
            inferenceProfileName: "team",
            models: [{ modelArn: NOVA }],
          },
        ],
      },
      [{ id: here("application-inference-profile", "abc"), name: "team", baseModel: "amazon.nova-pro-v1:0" }],
    ],
    [
      "deployments, of which only the active answer",
      customModelDeployments,
      {
        modelDeploymentSummaries: ["Active", "Creating", "Failed"].map((status) => ({
          customModelDeploymentArn: here("custom-model-deployment", status),
          modelArn: here("custom-model", "amazon.nova-lite-v1:0:300k/abcdefghijkl"),
          status,
        })),
      },
      [{ callable: true, baseModel: "amazon.nova-lite-v1:0" }, { callable: false }, { callable: false }],
    ],
    [
      "provisioned throughputs, which answer while they are updated",
      provisionedModels,
      {
        provisionedModelSummaries: ["InService", "Updating", "Creating", "Failed"].map((status) => ({
          provisionedModelArn: here("provisioned-model", status),
          foundationModelArn: NOVA,
          status,
        })),
      },
      [
        { callable: true, baseModel: "amazon.nova-pro-v1:0" },
        { callable: true },
        { callable: false },
        { callable: false },
      ],
    ],
    [
      "routers, by the model that they fall back to",
      promptRouters,
      {
        promptRouterSummaries: [
          {
            promptRouterArn: here("default-prompt-router", "nova:1"),
            models: [{ modelArn: NOVA }],
            fallbackModel: { modelArn: here("inference-profile", "us.amazon.nova-lite-v1:0") },
            status: "AVAILABLE",
          },
        ],
      },
      [{ id: here("default-prompt-router", "nova:1"), baseModel: "amazon.nova-lite-v1:0", callable: true }],
    ],
    [
      "marketplace endpoints, by the name of what runs there",
      marketplaceEndpoints,
      {
        marketplaceModelEndpoints: [
          {
            endpointArn: "arn:aws:sagemaker:us-east-1:123456789012:endpoint/mine",
            modelSourceIdentifier:
              "arn:aws:sagemaker:us-east-1:aws:hub-content/SageMakerPublicHub/Model/hf-mistral/2.0",
            status: "REGISTERED",
          },
          {
            endpointArn: "arn:aws:sagemaker:us-east-1:123456789012:endpoint/x",
            status: "INCOMPATIBLE_ENDPOINT",
          },
        ],
      },
      [{ name: "hf-mistral", callable: true, regions: ["us-east-1"] }, { callable: false }],
    ],
  ];

  it.each(OWNED)("reads %s", async (_, listing, page, found) => {
    expect(await ask(listing, page)).toMatchObject(found);
  });

  it.each([foundationModels, systemProfiles, importedModels, promptRouters])(
    "takes an empty answer for an empty list: $action",
    async (listing) => {
      expect(await ask(listing, {})).toEqual([]);
    },
  );
});

describe("mantle's list", () => {
  it("is empty where there is no mantle, and missing where it cannot be had", async () => {
    const failing = async (reason: Error): Promise<unknown> =>
      mantleModels(async () => Promise.reject(reason)).ask(signal);
    expect(await failing(modelNotFound("No host is known."))).toEqual([]);
    await expect(failing(new Error("503"))).rejects.toThrow("503");
  });

  const asked = (answer: unknown): Source => mantleModels(async () => answer);

  it("names what only mantle has by its name, and leaves out what is not available", async () => {
    const data = [
      { id: "openai.gpt-oss-120b", created: 1_760_000_000, status: "available" },
      { id: "deepseek.v3.1" },
      { id: "xai.grok-4.3", status: "unavailable" },
      { object: "nameless" },
    ];
    expect(await asked({ data }).ask(signal)).toMatchObject([
      { id: "openai.gpt-oss-120b", callable: true, created: new Date("2025-10-09T08:53:20Z") },
      { id: "mantle/deepseek.v3.1", callable: true },
      { id: "xai.grok-4.3", callable: false },
    ]);
  });

  it.each([null, "sorry", {}, { data: {} }])(
    "takes %j for a failure, not for an empty list",
    async (answer) => {
      await expect(asked(answer).ask(signal)).rejects.toThrow("not a list");
    },
  );
});
