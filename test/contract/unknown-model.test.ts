import nock from "nock";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type BedrockOpenAIOptions, createBedrockOpenAIHandler, describeModel } from "../../src/index.ts";
import { chatRequest } from "../support/requests.ts";

const RUNTIME = "https://bedrock-runtime.us-east-1.amazonaws.com";
const CONTROL = "https://bedrock.us-east-1.amazonaws.com";
const MANTLE = "https://bedrock-mantle.us-east-1.api.aws";
const SECRET = "arn:aws:bedrock:us-east-1:999999999999:application-inference-profile/secret000001";
const NOVA = "amazon.nova-pro-v1:0";

beforeAll(() => nock.disableNetConnect());
afterEach(() => {
  nock.abortPendingRequests();
  nock.cleanAll();
});
afterAll(() => {
  nock.restore();
  nock.enableNetConnect();
});

const handlerOf = (options: BedrockOpenAIOptions = {}) =>
  createBedrockOpenAIHandler({
    region: "us-east-1",
    credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" },
    retries: 0,
    logger: { error: () => undefined, warn: () => undefined },
    ...options,
  });

interface Failure {
  error: { message: string; code: string; param: string; type: string };
}

async function refusalOf(model: string, options: BedrockOpenAIOptions = {}) {
  const response = await handlerOf(options)(chatRequest({ model }));
  const { error } = (await response.json()) as Failure;
  return { status: response.status, error };
}

/** What AWS says of a model that is not there. */
const unknownAtAws = (): void => {
  nock(RUNTIME)
    .post(/\/converse$/)
    .reply(
      400,
      { message: "The provided model identifier is invalid." },
      { "x-amzn-errortype": "ValidationException" },
    );
};

const summary = (modelId: string) => ({
  modelId,
  modelArn: `arn:aws:bedrock:us-east-1::foundation-model/${modelId}`,
  outputModalities: ["TEXT"],
  inferenceTypesSupported: ["ON_DEMAND"],
  modelLifecycle: { status: "ACTIVE" },
});

/** All lists of the control plane; what is not said is empty. */
function lists(models: string[] = [NOVA, "amazon.nova-lite-v1:0"]): void {
  nock(CONTROL)
    .persist()
    .get(/^\/foundation-models/)
    .reply(200, { modelSummaries: models.map(summary) });
  nock(CONTROL)
    .persist()
    .get(/^\/inference-profiles.*APPLICATION/)
    .reply(200, {
      inferenceProfileSummaries: [
        {
          inferenceProfileArn: SECRET,
          inferenceProfileId: "secret000001",
          inferenceProfileName: "amazon.nova-prp",
          models: [{ modelArn: summary(NOVA).modelArn }],
          status: "ACTIVE",
          type: "APPLICATION",
        },
      ],
    });
  nock(CONTROL).persist().get(/.*/).reply(200, {});
  nock(MANTLE).persist().get(/.*/).reply(200, { data: [] });
}

function denied(): void {
  const error = { message: `User: arn:aws:iam::999999999999:user/me is not authorized on ${SECRET}` };
  for (const host of [CONTROL, MANTLE])
    nock(host).persist().get(/.*/).reply(403, error, { "x-amzn-errortype": "AccessDeniedException" });
}

function hanging(): void {
  for (const host of [CONTROL, MANTLE]) nock(host).persist().get(/.*/).delay(60_000).reply(200, {});
}

/** Far from both: the two seconds of a hint, and the ten that a list may take. */
const SOON = { timeout: 8_000 };

const never = (): Promise<never> => new Promise<never>(() => undefined);

describe("a model that is not there", () => {
  it.each(["amazon.nova-prp-v1:0", "us.amazon.nova-prp-v1:0"])(
    "is told with the nearest that is: %s",
    async (model) => {
      lists();
      unknownAtAws();
      const { status, error } = await refusalOf(model);
      expect(status).toBe(404);
      expect(error).toMatchObject({ code: "model_not_found", param: "model", type: "invalid_request_error" });
      expect(error.message).toContain(model);
      expect(error.message).toMatch(/Did you mean '[^']*amazon\.nova-pro-v1:0'/);
    },
  );

  it("is told with the operator's own names, where AWS has no part in it", async () => {
    denied();
    const { status, error } = await refusalOf("smrt/model", { models: { "smart/model": NOVA } });
    expect(status).toBe(404);
    expect(error.message).toContain("Did you mean 'smart/model'");
  });

  it.each([
    ["denied", denied],
    ["silent", hanging],
  ])("is a 404 all the same where the lists are %s", SOON, async (_, lists) => {
    lists();
    unknownAtAws();
    const { status, error } = await refusalOf("amazon.nova-prp-v1:0", {
      models: { "amazon.nova-prq-v1:0": NOVA },
    });
    expect([status, error.code]).toEqual([404, "model_not_found"]);
    expect(error.message).toContain("'amazon.nova-prq-v1:0'");
    expect(error.message).not.toMatch(/arn:|999999999999/);
  });

  it("does not wait for credentials that never come, where a name cannot be one", SOON, async () => {
    const { status } = await refusalOf("../secret", { credentials: never });
    expect(status).toBe(404);
    const described = describeModel("gpt-4o", handlerOf({ credentials: never }));
    await expect(described).rejects.toMatchObject({ status: 404 });
  });

  it("costs the next caller no waiting where all was refused", async () => {
    denied();
    const handler = handlerOf();
    await handler(chatRequest({ model: "../a" }));
    nock.cleanAll();
    hanging();
    const response = await handler(chatRequest({ model: "../a" }));
    expect(response.status).toBe(404);
    expect(nock.pendingMocks().length).toBeGreaterThan(0);
  });

  it.each(["x".repeat(100_000), `amazon.nova-${"p".repeat(2_000)}`, "../".repeat(500)])(
    "is told in a few words, however many it has",
    async (model) => {
      lists();
      unknownAtAws();
      const { status, error } = await refusalOf(model);
      expect(status).toBe(404);
      expect(error.message.length).toBeLessThan(3_000);
    },
  );

  it.each(["secret000001", "amazon.nova-prp", "application-inference-profile/secret000001", "team"])(
    "never tells an ARN to who wrote none: %s",
    async (model) => {
      lists();
      unknownAtAws();
      const { error } = await refusalOf(model, { models: { tea: SECRET } });
      expect(error.message).not.toMatch(/arn:|999999999999/);
    },
  );
});

describe("a model that is called by a profile", () => {
  const onDemand = (): void => {
    nock(RUNTIME)
      .post(/\/converse$/)
      .reply(
        400,
        {
          message: "Invocation of model ID with on-demand throughput isn’t supported. Retry with a profile.",
        },
        { "x-amzn-errortype": "ValidationException" },
      );
  };

  it("is told with the profiles that are there", async () => {
    nock(CONTROL)
      .get(/^\/inference-profiles/)
      .reply(200, {
        inferenceProfileSummaries: ["us", "global"].map((geo) => ({
          inferenceProfileId: `${geo}.${NOVA}`,
          models: [{ modelArn: summary(NOVA).modelArn }],
        })),
      });
    onDemand();
    const { status, error } = await refusalOf(NOVA);
    expect(status).toBe(400);
    expect(error.message).toContain(`Use 'us.${NOVA}', 'global.${NOVA}'.`);
  });

  it.each([
    ["denied", denied],
    ["silent", hanging],
  ])("is told with those that may be where the lists are %s", SOON, async (_, lists) => {
    lists();
    onDemand();
    const { status, error } = await refusalOf(NOVA);
    expect([status, error.code]).toEqual([400, "inference_profile_required"]);
    expect(error.message).toContain(`'us.${NOVA}'`);
  });
});
