import { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import nock from "nock";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { createBedrockOpenAIHandler } from "../../../src/index.ts";
import { ANSWER, concat, eventFrame, exceptionFrame } from "../../support/frames.ts";
import { chatRequest } from "../../support/requests.ts";
import { chunksOf } from "../../support/sse.ts";

const HOST = "https://bedrock-runtime.eu-west-1.amazonaws.com";
const MODEL = "eu.amazon.nova-pro-v1:0";
const LLAMA = "us.meta.llama3-3-70b-instruct-v1:0";
const PATH = `/model/${encodeURIComponent(MODEL)}`;
const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" };

beforeAll(() => nock.disableNetConnect());
afterEach(() => nock.cleanAll());
afterAll(() => {
  nock.restore();
  nock.enableNetConnect();
});

const handler = createBedrockOpenAIHandler({ region: "eu-west-1", credentials, retries: 0 });

/** What the next call proves itself with. */
function recordAuthorization(): { sent: string } {
  const authorization = { sent: "" };
  nock(HOST)
    .post(`${PATH}/converse`)
    .reply((request: Request) => {
      authorization.sent = String(request.headers.get("authorization"));
      return [200, { output: { message: { role: "assistant", content: [] } }, stopReason: "end_turn" }];
    });
  return authorization;
}

describe("the courier, with nock in the place of AWS", () => {
  it("sends a signed Converse request of our own bytes and reads a recorded answer", async () => {
    const seen: { body?: unknown; headers?: Headers } = {};
    nock(HOST)
      .post(`${PATH}/converse`)
      .reply(async (request: Request) => {
        Object.assign(seen, { body: await request.json(), headers: request.headers });
        // The example of AWS's Converse API reference.
        const answer = {
          output: { message: { role: "assistant", content: [{ text: "Here are three songs." }] } },
          stopReason: "end_turn",
          usage: { inputTokens: 125, outputTokens: 60, totalTokens: 185 },
          metrics: { latencyMs: 1175 },
        };
        return [200, answer, { "content-type": "application/json", "x-amzn-requestid": "aws-1" }];
      });
    const response = await handler(
      chatRequest({ model: MODEL, messages: [{ role: "user", content: "Songs?" }] }),
    );
    expect(response.status).toBe(200);
    expect(response.headers.get("x-amzn-requestid")).toBe("aws-1");
    expect(await response.json()).toMatchObject({
      object: "chat.completion",
      model: MODEL,
      choices: [{ message: { role: "assistant", content: "Here are three songs." }, finish_reason: "stop" }],
      usage: { prompt_tokens: 125, completion_tokens: 60, total_tokens: 185 },
    });
    expect(seen.body).toEqual({ messages: [{ role: "user", content: [{ text: "Songs?" }] }] });
    expect(seen.headers!.get("authorization")).toContain("/eu-west-1/bedrock/aws4_request");
    expect(seen.headers!.get("content-type")).toBe("application/json");
  });

  it("reads event-stream frames written by AWS's codec", async () => {
    nock(HOST)
      .post(`${PATH}/converse-stream`)
      .reply(200, Buffer.from(concat(...ANSWER.map(eventFrame))), {
        "content-type": "application/vnd.amazon.eventstream",
      });
    const response = await handler(chatRequest({ model: MODEL, stream: true }));
    const { chunks, done } = chunksOf(await response.text());
    expect(done).toBe(true);
    expect(chunks.map((chunk) => chunk.choices[0]?.delta.content ?? "").join("")).toBe("Grüße 👋");
  });

  it("answers with an HTTP status when the first frame is a refusal", async () => {
    const refusal = exceptionFrame("throttlingException", { message: "Too many tokens" });
    nock(HOST).post(`${PATH}/converse-stream`).reply(200, Buffer.from(refusal));
    const response = await handler(chatRequest({ model: MODEL, stream: true }));
    expect(response.status).toBe(429);
    expect(response.headers.get("retry-after")).toBe("2");
    expect(await response.json()).toMatchObject({
      error: { type: "rate_limit_error", code: "rate_limit_exceeded" },
    });
  });

  it("honours a client of the user's own, its region, handler and middleware", async () => {
    const client = new BedrockRuntimeClient({
      region: "eu-west-1",
      credentials,
      requestHandler: new NodeHttpHandler(),
    });
    client.middlewareStack.add(
      (next) => (args) => {
        (args.request as { headers: Record<string, string> }).headers["x-mine"] = "yes";
        return next(args);
      },
      { step: "build" },
    );
    const scope = nock(HOST, { reqheaders: { "x-mine": "yes" } })
      .post(`${PATH}/converse`)
      .reply(200, {
        output: { message: { role: "assistant", content: [{ text: "ok" }] } },
        stopReason: "end_turn",
      });
    const response = await createBedrockOpenAIHandler({ client })(chatRequest({ model: MODEL }));
    expect(response.status).toBe(200);
    scope.done();
  });

  it("understands a client whose send was replaced by a test double", async () => {
    const client = new BedrockRuntimeClient({ region: "eu-west-1", credentials });
    client.send = (async () => ({
      $metadata: { requestId: "double" },
      output: { message: { role: "assistant", content: [{ text: "from a mock" }] } },
      stopReason: "end_turn",
      usage: { inputTokens: 1, outputTokens: 1, totalTokens: 2 },
    })) as never;
    const response = await createBedrockOpenAIHandler({ client })(chatRequest({ model: MODEL }));
    expect(await response.json()).toMatchObject({ choices: [{ message: { content: "from a mock" } }] });
  });

  it("retries what AWS calls throttling, within the SDK, and then tells the client not to", async () => {
    const refuse = () =>
      nock(HOST)
        .post(`${PATH}/converse`)
        .reply(429, { message: "slow down" }, { "x-amzn-errortype": "ThrottlingException:http://internal/" });
    refuse();
    refuse();
    const patient = createBedrockOpenAIHandler({ region: "eu-west-1", credentials, retries: 1 });
    const response = await patient(chatRequest({ model: MODEL }));
    expect(response.status).toBe(429);
    expect(response.headers.get("x-should-retry")).toBe("false");
    expect(nock.pendingMocks()).toEqual([]);
  });

  it("sends an API key as a bearer token and no signature", async () => {
    const authorization = recordAuthorization();
    const withKey = createBedrockOpenAIHandler({ region: "eu-west-1", apiKey: "bedrock-api-key-1" });
    expect((await withKey(chatRequest({ model: MODEL }))).status).toBe(200);
    expect(authorization.sent).toBe("Bearer bedrock-api-key-1");
  });

  it("does not let an API key of the environment win over credentials given by name", async () => {
    const authorization = recordAuthorization();
    vi.stubEnv("AWS_BEARER_TOKEN_BEDROCK", "somebody-elses");
    const byName = createBedrockOpenAIHandler({ region: "eu-west-1", credentials });
    expect((await byName(chatRequest({ model: MODEL }))).status).toBe(200);
    vi.unstubAllEnvs();
    expect(authorization.sent).toMatch(/^AWS4-HMAC-SHA256 /);
  });

  it("keeps the path of an endpoint, and adds headers of the operator's before signing", async () => {
    let signed = "";
    const scope = nock("https://proxy.example", { reqheaders: { "x-team": "blue" } })
      .post(`/bedrock${PATH}/converse`)
      .reply((request: Request) => {
        signed = String(request.headers.get("authorization"));
        return [200, { output: { message: { role: "assistant", content: [] } }, stopReason: "end_turn" }];
      });
    const behindProxy = createBedrockOpenAIHandler({
      region: "eu-west-1",
      credentials,
      endpoint: "https://proxy.example/bedrock/",
      headers: { "X-Team": "blue" },
    });
    expect((await behindProxy(chatRequest({ model: MODEL }))).status).toBe(200);
    expect(signed).toContain("x-team");
    scope.done();
  });

  it.each([
    ["an empty body", 500, "", {}, 500],
    ["an HTML page", 503, "<html>busy</html>", { "content-type": "text/html" }, 503],
    ["{} with the name in a header", 403, "{}", { "x-amzn-errortype": "AccessDeniedException" }, 403],
    ["a model error", 424, '{"message":"x"}', { "x-amzn-errortype": "ModelErrorException" }, 500],
  ])("makes an OpenAI error of %s", async (_, status, body, headers, expected) => {
    nock(HOST).post(`${PATH}/converse`).reply(status, body, headers);
    const response = await handler(chatRequest({ model: MODEL }));
    expect(response.status).toBe(expected);
    const { error } = (await response.json()) as { error: Record<string, unknown> };
    expect(Object.keys(error)).toEqual(["message", "type", "param", "code"]);
  });

  it.each(["{}", "null", "[]", '{"output":{}}', '{"output":{"message":null}}', "<html>"])(
    "calls a 200 with %s a failure, whatever else was asked for",
    async (body) => {
      const tools = [{ type: "function", function: { name: "a.b" } }];
      for (const request of [
        { model: MODEL },
        { model: MODEL, tools },
        { model: LLAMA, tools, stream: true },
      ]) {
        nock(HOST)
          .post(/converse$/)
          .reply(200, body);
        const response = await handler(chatRequest(request));
        expect(response.status).toBeGreaterThanOrEqual(500);
      }
    },
  );
});
