import { describe, expect, it } from "vitest";
import { EMULATOR_CREDENTIALS } from "../../../../src/testing/index.ts";
import { signature } from "../../../../src/testing/auth/sigv4.ts";
import { emulator } from "../support.ts";
import { assertSchema } from "../../../support/openai-schema.ts";
import { CHAT, hello, MESSAGES, openAi, postNative, RESPONSES, signedFor } from "./support.ts";

const ACCOUNT = "arn:aws:bedrock:us-east-1:123456789012:";
const APPLICATION = `${ACCOUNT}application-inference-profile/gpt560000001`;
const chatBody = { ...hello, max_completion_tokens: 50 };
const responsesBody = { input: "hello" };
const messagesBody = { ...hello, max_tokens: 50 };
const bodies: Record<string, object> = {
  [CHAT]: chatBody,
  [RESPONSES]: responsesBody,
  [MESSAGES]: messagesBody,
};
const bodyFor = (path: string) => bodies[path] ?? bodies[`/openai${path}`] ?? messagesBody;

async function verdict(service: string, path: string, model: string) {
  const bedrock = await emulator();
  const answer = await postNative(bedrock, path, { ...bodyFor(path), model }, signedFor(service));
  return { said: answer.verdict, operation: bedrock.requests[0]!.operation };
}

describe("which model speaks what, where, and under which id", () => {
  it.each([
    ["bedrock", CHAT, "us.openai.gpt-5.6-sol", "RuntimeChatCompletions"],
    ["bedrock", CHAT, "global.openai.gpt-6-sol", "RuntimeChatCompletions"],
    ["bedrock", CHAT, "openai.gpt-oss-20b-1:0", "RuntimeChatCompletions"],
    ["bedrock", CHAT, `${ACCOUNT}inference-profile/us.xai.grok-4.6`, "RuntimeChatCompletions"],
    ["bedrock", RESPONSES, "us.zai.glm-5.3", "RuntimeResponses"],
    ["bedrock", MESSAGES, "us.anthropic.claude-opus-4-8", "RuntimeMessages"],
    ["bedrock-mantle", CHAT, "openai.gpt-6-sol", "MantleChatCompletions"],
    ["bedrock-mantle", CHAT, "google.gemma-4-31b", "MantleChatCompletions"],
    ["bedrock-mantle", "/v1/chat/completions", "qwen.qwen3-coder-30b-a3b-instruct", "MantleChatCompletions"],
    ["bedrock-mantle", "/v1/responses", "openai.gpt-oss-120b", "MantleResponses"],
    ["bedrock-mantle", RESPONSES, "openai.gpt-5.4", "MantleResponses"],
    ["bedrock-mantle", MESSAGES, "anthropic.claude-opus-4-8", "MantleMessages"],
  ])("%s %s serves %s", async (service, path, model, operation) => {
    expect(await verdict(service, path, model)).toEqual({ said: "accepted", operation });
  });

  const missing = (model: string) =>
    `404 The model '${model}' does not exist or you do not have access to it.`;
  it.each([
    ["bedrock", CHAT, "openai.gpt-9", missing("openai.gpt-9")],
    ["bedrock", CHAT, "openai.gpt-oss-120b", missing("openai.gpt-oss-120b")],
    ["bedrock", CHAT, "eu.openai.gpt-6-sol", missing("eu.openai.gpt-6-sol")],
    ["bedrock-mantle", CHAT, "us.openai.gpt-6-sol", missing("us.openai.gpt-6-sol")],
    ["bedrock-mantle", "/v1/chat/completions", "openai.gpt-oss-120b-1:0", missing("openai.gpt-oss-120b-1:0")],
    [
      "bedrock-mantle",
      CHAT,
      `${ACCOUNT}inference-profile/us.xai.grok-4.6`,
      missing(`${ACCOUNT}inference-profile/us.xai.grok-4.6`),
    ],
    [
      "bedrock",
      CHAT,
      "openai.gpt-6-sol",
      "400 Invocation of model ID openai.gpt-6-sol with on-demand throughput",
    ],
    [
      "bedrock",
      RESPONSES,
      "openai.gpt-oss-120b-1:0",
      "400 The model 'openai.gpt-oss-120b-1:0' does not support the '/v1/responses' API",
    ],
    [
      "bedrock",
      CHAT,
      "us.anthropic.claude-opus-4-8",
      "400 The model 'us.anthropic.claude-opus-4-8' does not support the '/v1/chat/completions' API",
    ],
    ["bedrock", CHAT, "amazon.nova-pro-v1:0", "400 The model 'amazon.nova-pro-v1:0' does not support"],
    ["bedrock", CHAT, "qwen.qwen3-32b-v1:0", "400 The model 'qwen.qwen3-32b-v1:0' does not support"],
    ["bedrock", CHAT, APPLICATION, `400 The model '${APPLICATION}' does not support`],
    ["bedrock-mantle", CHAT, APPLICATION, `400 The model '${APPLICATION}' does not support`],
    ["bedrock", CHAT, `${ACCOUNT}imported-model/llama0000001`, "400 The model '"],
    [
      "bedrock-mantle",
      "/v1/chat/completions",
      "openai.gpt-6-sol",
      "400 The model 'openai.gpt-6-sol' isn't supported on this route",
    ],
    [
      "bedrock-mantle",
      CHAT,
      "qwen.qwen3-32b",
      "400 The model 'qwen.qwen3-32b' isn't supported on this route",
    ],
    [
      "bedrock-mantle",
      "/v1/responses",
      "qwen.qwen3-32b",
      "400 The model 'qwen.qwen3-32b' does not support the '/v1/responses' API",
    ],
    [
      "bedrock",
      MESSAGES,
      "us.openai.gpt-6-sol",
      "400 The model 'us.openai.gpt-6-sol' does not support the '/v1/messages' API",
    ],
    [
      "bedrock",
      MESSAGES,
      "anthropic.claude-opus-4-8",
      "400 Invocation of model ID anthropic.claude-opus-4-8",
    ],
  ])("%s %s refuses %s", async (service, path, model, said) => {
    expect((await verdict(service, path, model)).said).toContain(said);
  });
});

describe("an API key says nothing of the host, so the model's id decides", () => {
  it.each([
    [CHAT, "us.openai.gpt-6-sol", "RuntimeChatCompletions"],
    [CHAT, "openai.gpt-6-sol", "MantleChatCompletions"],
    [CHAT, "openai.gpt-oss-120b-1:0", "RuntimeChatCompletions"],
    [CHAT, "nobody.knows", "RuntimeChatCompletions"],
    ["/v1/chat/completions", "openai.gpt-oss-120b", "MantleChatCompletions"],
    [RESPONSES, "xai.grok-4.3", "MantleResponses"],
    [MESSAGES, "anthropic.claude-opus-4-8", "MantleMessages"],
    [MESSAGES, "us.anthropic.claude-opus-4-8", "RuntimeMessages"],
  ])("%s with %s is %s", async (path, model, operation) => {
    const bedrock = await emulator();
    await postNative(bedrock, path, { ...bodyFor(path), model });
    expect(bedrock.requests[0]).toMatchObject({ operation, modelId: model });
  });
});

describe("credentials", () => {
  it.each([
    ["/v1/chat/completions", "bedrock", "bedrock-mantle"],
    [CHAT, "bedrock-runtime", "bedrock"],
    [CHAT, "s3", "bedrock"],
  ])("%s does not take a signature for %s, and says so in OpenAI's words", async (path, service, wanted) => {
    const answer = await postNative(await emulator(), path, { ...chatBody, model: "x" }, signedFor(service));
    expect(answer.status).toBe(403);
    expect(answer.json()).toEqual({
      error: {
        code: "access_denied",
        message: `Credential should be scoped to correct service: '${wanted}'.`,
        param: null,
        type: "permission_denied_error",
      },
    });
  });

  it("Converse does not take a signature for mantle, and says so in AWS's words", async () => {
    const path = "/model/amazon.nova-pro-v1%3A0/converse";
    const answer = await postNative(await emulator(), path, {}, signedFor("bedrock-mantle"));
    expect(answer.status).toBe(403);
    expect(answer.headers.get("x-amzn-errortype")).toMatch(/^InvalidSignatureException/);
  });

  it.each(["right", "wrong"])("verifies signatures for mantle: %s", async (secret) => {
    const bedrock = await emulator();
    const host = bedrock.url.replace("http://", "");
    const { accessKeyId, secretAccessKey } = EMULATOR_CREDENTIALS;
    const body = JSON.stringify({ ...chatBody, model: "openai.gpt-6-sol" });
    const authorization = { accessKeyId, date: "20261121", region: "us-east-1", service: "bedrock-mantle" };
    const signed = signature(
      secret === "right" ? secretAccessKey : secret,
      { ...authorization, signedHeaders: ["host"], signature: "" },
      {
        method: "POST",
        target: CHAT,
        headers: { host, "x-amz-date": "20261121T000000Z" },
        body: Buffer.from(body),
      },
    );
    const { authorization: unsigned = "" } = signedFor("bedrock-mantle");
    const header = unsigned.replace("AKIASOMEONE", accessKeyId).replace("0".repeat(64), signed);
    const headers = { ...signedFor("bedrock-mantle"), authorization: header };
    expect((await postNative(bedrock, CHAT, body, headers)).status).toBe(secret === "right" ? 200 : 403);
  });

  it.each([
    [MESSAGES, 200],
    [CHAT, 403],
  ])("%s and an x-api-key: %d", async (path, status) => {
    const model = path === CHAT ? "us.openai.gpt-6-sol" : "us.anthropic.claude-opus-4-8";
    const headers = { authorization: "", "x-api-key": "key" };
    expect((await postNative(await emulator(), path, { ...bodyFor(path), model }, headers)).status).toBe(
      status,
    );
  });

  it("refuses a body that is no JSON or names no model, in each vendor's words", async () => {
    const bedrock = await emulator();
    expect((await postNative(bedrock, CHAT, "{")).verdict).toMatch(/^400 We could not parse the JSON/);
    const nameless = await postNative(bedrock, MESSAGES, messagesBody);
    expect(nameless.json()).toEqual({
      type: "error",
      error: { type: "invalid_request_error", message: "Missing required parameter: 'model'." },
      request_id: nameless.headers.get("x-amzn-requestid"),
    });
    const { status, json } = await postNative(bedrock, CHAT, chatBody);
    expect(status).toBe(400);
    assertSchema("ErrorResponse", json());
  });
});

describe("mantle's models", () => {
  it("are listed for OpenAI's client, by bare ids of both base paths", async () => {
    const client = openAi(await emulator(), "/v1");
    const models = (await client.models.list()).data;
    const ids = models.map(({ id }) => id);
    expect(ids).toEqual(
      expect.arrayContaining(["openai.gpt-oss-120b", "openai.gpt-5.4", "google.gemma-4-31b"]),
    );
    expect(ids).not.toContain("moonshotai.kimi-k3");
    expect(ids.some((id) => id.startsWith("us.") || id.endsWith("-1:0"))).toBe(false);
    expect(await client.models.retrieve("openai.gpt-6-sol")).toMatchObject({
      object: "model",
      status: "available",
    });
    await expect(client.models.retrieve("openai.gpt-9")).rejects.toMatchObject({
      status: 404,
      code: "model_not_found",
    });
    for (const model of models) assertSchema("Model", model);
  });

  it("are not listed by the runtime", async () => {
    const answer = await fetch(`${(await emulator()).url}/openai/v1/models`, {
      headers: { authorization: "Bearer key" },
    });
    expect(answer.status).toBe(404);
  });

  it("can be made to fail, in OpenAI's words", async () => {
    const bedrock = await emulator();
    bedrock.refuse("MantleListModels", { name: "ThrottlingException", message: "slow down" });
    const client = openAi(bedrock, "/v1");
    await expect(client.models.list()).rejects.toMatchObject({ status: 429, code: "rate_limit_exceeded" });
    await expect(client.models.list()).resolves.toBeDefined();
  });
});
