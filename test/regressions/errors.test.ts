import { describe, expect, it } from "vitest";
import { CLAUDE, MISTRAL, NOVA } from "../support/bedrock.ts";
import { chatRequest } from "../support/requests.ts";
import { user, visit, WEATHER } from "./visit.ts";

const at = visit();
const EXCEPTIONS = [
  "ThrottlingException",
  "ServiceQuotaExceededException",
  "AccessDeniedException",
  "ResourceNotFoundException",
  "ValidationException",
  "ModelTimeoutException",
  "ModelNotReadyException",
  "ModelErrorException",
  "InternalServerException",
  "ServiceUnavailableException",
  "ExpiredTokenException",
  "SomethingNewException",
];

describe("what AWS refuses", () => {
  it.each(EXCEPTIONS)(
    "as %s has a code that is text or null, and a message (ai-gateway#2161)",
    async (name) => {
      for (const stream of [false, true]) {
        at.replies({ error: { name, message: "AWS says so" } });
        const { status, error } = await at.refused({ model: CLAUDE, stream });
        expect(status).toBeGreaterThanOrEqual(400);
        expect([typeof error.message, typeof error.type]).toEqual(["string", "string"]);
        expect(error.code === null || typeof error.code === "string").toBe(true);
        expect(error).toHaveProperty("param");
      }
    },
  );

  it.each(["", "{}", "<html>Bad gateway</html>", "null", "[]", '{"Message":"Slow down"}'])(
    "with a body of %j is still an error of OpenAI's form (llmgateway#1820)",
    async (body) => {
      at.replies({ error: { name: "ThrottlingException", message: "x", body } });
      const { status, error } = await at.refused({ model: CLAUDE });
      expect([status, error.code]).toEqual([429, "rate_limit_exceeded"]);
      expect(error.message).not.toMatch(/undefined|<html|\[object/);
    },
  );

  it("as throttling is a 429 and tried again as often as the operator says (bedrock-access-gateway#88, bedrock-access-gateway#91)", async () => {
    const busy = { error: { name: "ThrottlingException", message: "slow down" } };
    at.replies(busy);
    const { status, headers } = await at.refused({ model: CLAUDE }, { retries: 0 });
    expect([status, headers.get("x-should-retry"), headers.get("retry-after")]).toEqual([429, "true", "2"]);
    expect(at.received).toHaveLength(1);
    at.replies(busy);
    expect((await at.ask({ model: CLAUDE }, false, { retries: 1 })).finish).toBe("stop");
    expect(at.received).toHaveLength(3);
  });

  it.each([
    ["unknown", "AKIAINVALID0000000000"],
    ["expired", "EXPIRED00000000000000"],
  ])(
    "because the server's credentials are %s is a 401 that says so, not a 500 (bedrock-access-gateway#76)",
    async (_, accessKeyId) => {
      const credentials = { accessKeyId, secretAccessKey: "x" };
      for (const stream of [false, true]) {
        const { status, error } = await at.refused({ model: CLAUDE, stream }, { credentials });
        expect([status, error.code]).toEqual([401, "aws_credentials_error"]);
      }
    },
  );

  it("because the server may not call the model is a 403 that says what to allow", async () => {
    const credentials = { accessKeyId: "AKIADENIED0000000000", secretAccessKey: "x" };
    const { status, error } = await at.refused({ model: CLAUDE }, { credentials });
    expect([status, error.param]).toEqual([403, "model"]);
    expect(error.message).toContain("bedrock:InvokeModel");
    expect(error.message).not.toContain("123456789012");
  });
});

describe("a 200 that is no answer", () => {
  it.each<[string, unknown]>([
    ["without output (litellm#8365, ai-gateway#2157, bifrost)", { stopReason: "end_turn", usage: {} }],
    ["without a message", { output: {}, stopReason: "end_turn" }],
    ["without content", { output: { message: { role: "assistant" } }, stopReason: "end_turn" }],
    ["that is null", null],
    [
      "of the service's own error",
      { Output: { __type: "com.amazon.coral.service#UnknownOperationException" }, Version: "1.0" },
    ],
  ])("%s is a failure, told as one", async (_, response) => {
    at.replies({ response });
    const { status, error } = await at.refused({ model: NOVA });
    expect([status, error.type]).toEqual([502, "server_error"]);
    expect(at.house.logged).toHaveLength(1);
  });

  it("without usage is an answer all the same", async () => {
    at.replies({
      response: {
        output: { message: { role: "assistant", content: [{ text: "ok" }] } },
        stopReason: "end_turn",
      },
    });
    const { content, usage } = await at.ask({ model: NOVA });
    expect([content, usage!.total_tokens]).toEqual(["ok", 0]);
  });

  it("that is not JSON is a failure", async () => {
    at.replies({ bytes: [Buffer.from("<html>")], headers: { "content-type": "text/html" } });
    expect((await at.refused({ model: NOVA })).status).toBeGreaterThanOrEqual(500);
  });
});

describe("what a model cannot do", () => {
  it("is refused by the parameter's name, not forgotten", async () => {
    const { status, error } = await at.refused({ model: MISTRAL, messages: [user("Hi")], tools: [WEATHER] });
    expect([status, error.code, error.param]).toEqual([400, "unsupported_parameter", "tools"]);
  });

  it("comes with the request's id, by which AWS's support finds it", async () => {
    at.replies({ error: { name: "InternalServerException", message: "oops" } });
    const response = await at.house.handler(chatRequest({ model: NOVA }));
    expect(response.headers.get("x-amzn-requestid")).toMatch(/^[0-9a-f-]{36}$/);
  });
});
