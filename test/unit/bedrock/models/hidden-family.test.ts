import { BedrockClient } from "@aws-sdk/client-bedrock";
import { beforeEach, describe, expect, it } from "vitest";
import type { ClientsOf } from "../../../../src/bedrock/clients/accounts.ts";
import type { Clients } from "../../../../src/bedrock/clients/clients.ts";
import { parseModelArn } from "../../../../src/bedrock/models/arn.ts";
import { createHiddenFamilies, type HiddenFamilies } from "../../../../src/bedrock/models/hidden-family.ts";

const here = (kind: string, id = "abc123def456"): string =>
  `arn:aws:bedrock:eu-west-1:123456789012:${kind}/${id}`;
const NOVA = "arn:aws:bedrock:eu-west-1::foundation-model/amazon.nova-pro-v1:0";
const PROFILE = here("application-inference-profile");
const { signal } = new AbortController();

/** What AWS was asked: the command and the ARN, or the Region of a client. */
let asked: string[];
let answers: Record<string, unknown>;
let now: number;
let families: HiddenFamilies;

const clientsOf =
  (control: Clients["control"]): ClientsOf<"control"> =>
  () => ({ control });

const failed = (name: string, httpStatusCode: number): Error =>
  Object.assign(new Error(name), { $metadata: { httpStatusCode } });

const family = (arn: string, until = signal): Promise<string> => families(parseModelArn(arn)!, arn, until);

beforeEach(() => {
  asked = [];
  answers = {};
  now = 0;
  const client = new BedrockClient({
    region: "eu-west-1",
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
  });
  client.send = (async (command: { input: object }) => {
    const name = command.constructor.name.replace(/^Get|Command$/g, "");
    const [arn = ""] = Object.values(command.input) as string[];
    asked.push(`${name} ${arn}`);
    const answer = answers[arn] ?? answers[name];
    if (answer instanceof Error) throw answer;
    return answer ?? {};
  }) as never;
  families = createHiddenFamilies(
    clientsOf(async (region) => {
      asked.push(`client of ${region}`);
      return client;
    }),
    () => now,
  );
});

describe("what an ARN hides, AWS tells in the ARN's Region", () => {
  it.each([
    [
      "application-inference-profile",
      "InferenceProfile",
      { models: [{ modelArn: NOVA }, { modelArn: "x" }] },
    ],
    ["provisioned-model", "ProvisionedModelThroughput", { foundationModelArn: `${NOVA}:24k` }],
    ["custom-model", "CustomModel", { baseModelArn: NOVA }],
    [
      "prompt-router",
      "PromptRouter",
      { fallbackModel: { modelArn: here("inference-profile", "eu.amazon.nova-pro-v1:0") } },
    ],
    ["default-prompt-router", "PromptRouter", { models: [{ modelArn: NOVA }] }],
  ])("%s, by Get%s", async (kind, command, answer) => {
    answers = { [command]: answer };
    expect(await family(here(kind))).toBe("amazon.nova-pro-v1:0");
    expect(asked).toEqual(["client of eu-west-1", `${command} ${here(kind)}`]);
  });

  it.each([
    ["llama", "2025-06-01", "imported.llama"],
    ["mistral", "2025-06-01", "imported.mistral"],
    ["mixtral", "2025-06-01", "imported.mistral"],
    ["qwen2", "2025-06-01", "imported.qwen2"],
    ["qwen2_5_vl", "2025-06-01", "imported.qwen2"],
    ["qwen3", "2025-06-01", "imported.qwen3"],
    ["gpt_oss", "2025-06-01", "imported.openai"],
    ["deepseek", "2025-06-01", "imported.deepseek_r1"],
    [undefined, "2025-06-01", "imported.llama"],
    ["llama", "2025-11-12", "imported.openai"],
    ["llama", undefined, "imported.llama"],
  ])("an imported %s of %s speaks %s's format", async (modelArchitecture, created, expected) => {
    const creationTime = created ? new Date(created) : undefined;
    answers = { ImportedModel: { modelArchitecture, creationTime } };
    expect(await family(here("imported-model"))).toBe(expected);
  });

  it("step by step: a deployment of a custom model of a base", async () => {
    const custom = here("custom-model", "imported/abc123def456");
    answers = { CustomModelDeployment: { modelArn: custom }, CustomModel: { baseModelArn: NOVA } };
    expect(await family(here("custom-model-deployment"))).toBe("amazon.nova-pro-v1:0");
    expect(asked.slice(1)).toEqual([
      `CustomModelDeployment ${here("custom-model-deployment")}`,
      `CustomModel ${custom}`,
    ]);
  });

  it("also where a profile goes round the world, and the model behind it has no Region", async () => {
    answers = { InferenceProfile: { models: [{ modelArn: NOVA.replace("eu-west-1", "") }] } };
    expect(await family(PROFILE)).toBe("amazon.nova-pro-v1:0");
  });
});

describe("what AWS does not explain", () => {
  it.each<[string, unknown]>([
    ["no models", { models: [] }],
    ["nothing", {}],
    ["what is no ARN", { models: [{ modelArn: "amazon.nova-pro-v1:0" }] }],
    ["an ARN of something else", { models: [{ modelArn: "arn:aws:s3:::bucket/anthropic.claude" }] }],
    ["an ARN that leads to itself", { models: [{ modelArn: PROFILE }] }],
    ["an ARN that nobody can be asked about", { models: [{ modelArn: here("prompt", "ABCDE12345") }] }],
    ["a refusal", new Error("AccessDeniedException")],
  ])("is taken for the general case: %s", async (_, answer) => {
    answers = { InferenceProfile: answer };
    expect(await family(PROFILE)).toBe("");
    expect(asked.length).toBeLessThanOrEqual(4);
  });

  it("of a loop is left after a few steps", async () => {
    const [a, b] = [here("custom-model-deployment", "a"), here("application-inference-profile", "b")];
    answers = { [a]: { modelArn: b }, [b]: { models: [{ modelArn: a }] } };
    expect(await family(a)).toBe("");
    expect(asked.slice(1)).toHaveLength(3);
  });

  it("of an imported model is taken for the format that all new ones have", async () => {
    answers = { ImportedModel: new Error("AccessDeniedException") };
    expect(await family(here("imported-model"))).toBe("imported.openai");
  });

  it("is remembered for five minutes, and then asked again", async () => {
    answers = { InferenceProfile: failed("AccessDeniedException", 403) };
    await family(PROFILE);
    now = 5 * 60_000 - 1;
    await family(PROFILE);
    expect(asked).toHaveLength(2);
    now += 1;
    answers = { InferenceProfile: { models: [{ modelArn: NOVA }] } };
    expect(await family(PROFILE)).toBe("amazon.nova-pro-v1:0");
    now += 365 * 24 * 3_600_000;
    expect(await family(PROFILE)).toBe("amazon.nova-pro-v1:0");
    expect(asked).toHaveLength(4);
  });

  it.each([
    ["busy", failed("ThrottlingException", 429)],
    ["broken", failed("InternalServerException", 500)],
    ["out of reach", new Error("socket hang up")],
  ])("is forgotten soon where AWS was only %s", async (_, failure) => {
    answers = { InferenceProfile: failure };
    expect(await family(PROFILE)).toBe("");
    now = 10_000;
    answers = { InferenceProfile: { models: [{ modelArn: NOVA }] } };
    expect(await family(PROFILE)).toBe("amazon.nova-pro-v1:0");
  });

  it.each(["prompt", "endpoint"])("is not asked for where AWS has no answer: %s", async (kind) => {
    const arn =
      kind === "endpoint"
        ? "arn:aws:sagemaker:eu-west-1:123456789012:endpoint/x"
        : here("prompt", "ABCDE12345");
    expect(await family(arn)).toBe("");
    expect(asked).toEqual([]);
  });
});

describe("a lookup", () => {
  it("is shared by all who wait for it, and kept", async () => {
    answers = { InferenceProfile: { models: [{ modelArn: NOVA }] } };
    const all = await Promise.all([family(PROFILE), family(PROFILE), family(PROFILE)]);
    expect([...all, await family(PROFILE)]).toEqual(Array(4).fill("amazon.nova-pro-v1:0"));
    expect(asked).toHaveLength(2);
  });

  it("is one for each ARN", async () => {
    answers = { InferenceProfile: { models: [{ modelArn: NOVA }] } };
    await Promise.all([family(PROFILE), family(here("application-inference-profile", "other"))]);
    expect(asked).toHaveLength(4);
  });

  it("does not keep ARNs without end: the one that came first is forgotten first", async () => {
    const profile = (index: number): string => here("application-inference-profile", `p${index}`);
    for (let index = 0; index <= 1_000; index += 1) await family(profile(index));
    asked = [];
    await family(profile(1));
    expect(asked).toEqual([]);
    await family(profile(0));
    expect(asked).toHaveLength(2);
  });

  it("does not go on for a caller who has left, and spoils nothing for the next", async () => {
    answers = { InferenceProfile: { models: [{ modelArn: NOVA }] } };
    await expect(family(PROFILE, AbortSignal.abort())).rejects.toThrow(/abort/);
    expect(await family(PROFILE)).toBe("amazon.nova-pro-v1:0");
  });

  it("has an end, whatever hangs: credentials, the Region, or the client", async () => {
    const hangs = <T>(): Promise<T> => new Promise(() => undefined);
    const access = { region: "eu-west-1", credentials: { accessKeyId: "a", secretAccessKey: "b" } };
    const hanging: Clients["control"][] = [
      async () => new BedrockClient({ ...access, credentials: () => hangs() }),
      async () => new BedrockClient({ ...access, region: () => hangs<string>() }),
      () => hangs(),
    ];
    const found = hanging.map((control) =>
      createHiddenFamilies(clientsOf(control))(parseModelArn(PROFILE)!, PROFILE, signal),
    );
    expect(await Promise.all(found)).toEqual(["", "", ""]);
  });
});
