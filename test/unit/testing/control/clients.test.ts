import {
  GetCustomModelCommand,
  GetCustomModelDeploymentCommand,
  GetFoundationModelCommand,
  GetImportedModelCommand,
  GetInferenceProfileCommand,
  GetMarketplaceModelEndpointCommand,
  GetPromptRouterCommand,
  GetProvisionedModelThroughputCommand,
  ListCustomModelDeploymentsCommand,
  ListCustomModelsCommand,
  ListImportedModelsCommand,
  ListInferenceProfilesCommand,
  ListMarketplaceModelEndpointsCommand,
  ListPromptRoutersCommand,
  ListProvisionedModelThroughputsCommand,
  paginateListImportedModels,
  paginateListInferenceProfiles,
} from "@aws-sdk/client-bedrock";
import type { ListImportedModelsCommandInput } from "@aws-sdk/client-bedrock";
import { describe, expect, it } from "vitest";
import { accountArn, marketplaceArn } from "../../../../src/testing/index.ts";
import { controlClient } from "../clients.ts";
import { emulator } from "../support.ts";

const CLAUDE = "foundation-model/anthropic.claude-sonnet-4-5-20250929-v1:0";

describe("AWS's client finds what an ARN hides", () => {
  it("the model behind an application profile, by its id and by its ARN", async () => {
    const client = controlClient(await emulator());
    const arn = accountArn("application-inference-profile", "abc123def456");
    for (const inferenceProfileIdentifier of ["abc123def456", arn]) {
      const profile = await client.send(new GetInferenceProfileCommand({ inferenceProfileIdentifier }));
      expect(profile).toMatchObject({ inferenceProfileArn: arn, type: "APPLICATION", status: "ACTIVE" });
      expect(profile.models?.[0]?.modelArn).toBe(`arn:aws:bedrock:us-east-1::${CLAUDE}`);
      expect(profile.createdAt).toBeInstanceOf(Date);
    }
  });

  it("the models behind a system profile, by its id and by its ARN", async () => {
    const client = controlClient(await emulator());
    const id = "us.anthropic.claude-opus-4-8";
    const arn = `arn:aws:bedrock:us-east-1:123456789012:inference-profile/${id}`;
    for (const inferenceProfileIdentifier of [id, arn]) {
      const profile = await client.send(new GetInferenceProfileCommand({ inferenceProfileIdentifier }));
      expect(profile).toMatchObject({ inferenceProfileId: id, type: "SYSTEM_DEFINED" });
      expect(profile.models).toHaveLength(3);
    }
  });

  it("a foundation model, by its id and by its ARN", async () => {
    const client = controlClient(await emulator());
    for (const prefix of ["", "arn:aws:bedrock:us-east-1::foundation-model/"]) {
      const { modelDetails } = await client.send(
        new GetFoundationModelCommand({ modelIdentifier: `${prefix}amazon.nova-pro-v1:0` }),
      );
      expect(modelDetails).toMatchObject({ modelName: "Nova Pro", modelLifecycle: { status: "ACTIVE" } });
    }
  });

  it("an imported model, by its id, its name and its ARN", async () => {
    const client = controlClient(await emulator());
    for (const modelIdentifier of [
      "qwen30000001",
      "my-qwen3",
      accountArn("imported-model", "qwen30000001"),
    ]) {
      const model = await client.send(new GetImportedModelCommand({ modelIdentifier }));
      expect(model).toMatchObject({ modelArchitecture: "qwen3", instructSupported: true });
      expect(model.creationTime?.getTime()).toBeGreaterThan(Date.parse("2025-11-11"));
    }
    const older = await client.send(new GetImportedModelCommand({ modelIdentifier: "llama0000001" }));
    expect(older.creationTime?.getTime()).toBeLessThan(Date.parse("2025-11-11"));
  });

  it("a deployment's custom model, and the model that was tuned", async () => {
    const client = controlClient(await emulator());
    const customModelDeploymentIdentifier = accountArn("custom-model-deployment", "deploy000001");
    const { modelArn } = await client.send(
      new GetCustomModelDeploymentCommand({ customModelDeploymentIdentifier }),
    );
    const { baseModelArn } = await client.send(new GetCustomModelCommand({ modelIdentifier: modelArn }));
    expect(baseModelArn).toBe("arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0");
  });

  it.each([
    ["claude000001", "anthropic.claude-v2:1"],
    ["titanembed01", "amazon.titan-embed-text-v2:0"],
    ["tuned0000001", "amazon.nova-lite-v1:0"],
  ])("the foundation model behind the provisioned model %s", async (id, modelId) => {
    const client = controlClient(await emulator());
    const provisionedModelId = accountArn("provisioned-model", id);
    const model = await client.send(new GetProvisionedModelThroughputCommand({ provisionedModelId }));
    expect(model.foundationModelArn).toBe(`arn:aws:bedrock:us-east-1::foundation-model/${modelId}`);
  });

  it.each([
    ["default", accountArn("default-prompt-router", "anthropic.claude:1")],
    ["custom", accountArn("prompt-router", "claude000001")],
  ])("the models of the %s prompt router", async (type, promptRouterArn) => {
    const client = controlClient(await emulator());
    const router = await client.send(new GetPromptRouterCommand({ promptRouterArn }));
    expect(router).toMatchObject({ type, models: [{}, {}] });
    expect(router.fallbackModel?.modelArn).toMatch(/inference-profile\/us\.anthropic\.claude-haiku/);
  });

  it("the model of a marketplace endpoint", async () => {
    const client = controlClient(await emulator());
    const { marketplaceModelEndpoint } = await client.send(
      new GetMarketplaceModelEndpointCommand({ endpointArn: marketplaceArn() }),
    );
    expect(marketplaceModelEndpoint?.modelSourceIdentifier).toMatch(/SageMakerPublicHub\/Model\//);
  });
});

describe("listings", () => {
  it("show both kinds of profile when no type is named, over several pages", async () => {
    const client = controlClient(await emulator());
    const count = async (typeEquals?: "APPLICATION" | "SYSTEM_DEFINED") => {
      let profiles = 0;
      let pages = 0;
      for await (const page of paginateListInferenceProfiles({ client }, typeEquals ? { typeEquals } : {})) {
        profiles += page.inferenceProfileSummaries?.length ?? 0;
        pages += 1;
      }
      return { profiles, pages };
    };
    const own = await count("APPLICATION");
    const all = await count();
    expect(own).toEqual({ profiles: 30, pages: 2 });
    expect(all.profiles).toBe(own.profiles + (await count("SYSTEM_DEFINED")).profiles);
  });

  it("filter and sort what was imported", async () => {
    const client = controlClient(await emulator());
    const names = async (input: ListImportedModelsCommandInput) =>
      (await client.send(new ListImportedModelsCommand(input))).modelSummaries?.map(
        ({ modelName }) => modelName,
      );
    expect(await names({ nameContains: "llama" })).toHaveLength(4);
    expect(await names({ creationTimeAfter: new Date("2026-04-15T00:00:00Z") })).toEqual(["my-gpt-oss"]);
    expect(await names({ creationTimeBefore: new Date("2025-05-15T00:00:00Z") })).toEqual(["my-old-mistral"]);
    expect((await names({ sortBy: "CreationTime", sortOrder: "Ascending" }))?.[0]).toBe("my-old-mistral");
    expect((await names({ sortBy: "CreationTime", sortOrder: "Descending" }))?.[0]).toBe("my-gpt-oss");
  });

  it("are read to their end, one a page", async () => {
    const client = controlClient(await emulator());
    const arns: (string | undefined)[] = [];
    for await (const page of paginateListImportedModels({ client, pageSize: 1 }, {})) {
      arns.push(...(page.modelSummaries ?? []).map(({ modelArn }) => modelArn));
    }
    expect(new Set(arns).size).toBe(8);
  });

  it("show everything else that the account owns", async () => {
    const client = controlClient(await emulator());
    const baseModelArnEquals = "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0";
    const listed = await Promise.all([
      client.send(new ListCustomModelsCommand({})).then((page) => page.modelSummaries),
      client.send(new ListCustomModelsCommand({ baseModelArnEquals })).then((page) => page.modelSummaries),
      client.send(new ListCustomModelsCommand({ isOwned: false })).then((page) => page.modelSummaries),
      client.send(new ListCustomModelDeploymentsCommand({})).then((page) => page.modelDeploymentSummaries),
      client
        .send(new ListProvisionedModelThroughputsCommand({}))
        .then((page) => page.provisionedModelSummaries),
      client.send(new ListPromptRoutersCommand({})).then((page) => page.promptRouterSummaries),
      client
        .send(new ListPromptRoutersCommand({ type: "custom" }))
        .then((page) => page.promptRouterSummaries),
      client
        .send(new ListMarketplaceModelEndpointsCommand({}))
        .then((page) => page.marketplaceModelEndpoints),
    ]);
    expect(listed.map((items) => items?.length)).toEqual([1, 0, 0, 1, 3, 2, 1, 1]);
  });
});

describe("refusals of the control plane", () => {
  it("what the account does not own is not found", async () => {
    const client = controlClient(await emulator());
    const missing = { name: "ResourceNotFoundException", $metadata: { httpStatusCode: 404 } };
    await expect(
      client.send(new GetImportedModelCommand({ modelIdentifier: "nobody000001" })),
    ).rejects.toMatchObject(missing);
    await expect(
      client.send(new GetInferenceProfileCommand({ inferenceProfileIdentifier: "jp.amazon.nova-pro-v1:0" })),
    ).rejects.toMatchObject(missing);
  });

  it.each([
    ["/imported-models/a%20b", "ValidationException"],
    ["/imported-models?maxResults=0", "ValidationException"],
    ["/custom-models?modelStatus=Asleep", "ValidationException"],
    ["/custom-models?isOwned=perhaps", "SerializationException"],
    ["/imported-models?creationTimeAfter=soon", "SerializationException"],
    ["/prompt-routers?nextToken=zzz", "ValidationException"],
  ])("%s is refused by its shape", async (path, name) => {
    const { url } = await emulator();
    const answer = await fetch(url + path, { headers: { authorization: "Bearer key" } });
    expect(answer.status).toBe(400);
    expect(answer.headers.get("x-amzn-errortype")).toMatch(new RegExp(`^${name}:`));
  });

  it("a test makes an operation fail, as often as it says and until it is reset", async () => {
    const bedrock = await emulator();
    const client = controlClient(bedrock);
    const list = () => client.send(new ListInferenceProfilesCommand({}));
    const denied = { name: "AccessDeniedException", message: "not authorized" };
    bedrock.refuse("ListInferenceProfiles", denied, 2);
    for (const _ of [1, 2])
      await expect(list()).rejects.toMatchObject({ ...denied, $metadata: { httpStatusCode: 403 } });
    await expect(list()).resolves.toBeDefined();
    bedrock.refuse("ListInferenceProfiles", denied, Infinity);
    await expect(list()).rejects.toMatchObject(denied);
    await expect(client.send(new ListImportedModelsCommand({}))).resolves.toBeDefined();
    bedrock.reset();
    await expect(list()).resolves.toBeDefined();
  });
});
