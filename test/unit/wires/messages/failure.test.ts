import { describe, expect, it } from "vitest";
import { BedrockOpenAIError } from "../../../../src/errors.ts";
import { inAnthropicWords } from "../../../../src/wires/messages/failure.ts";

const failed = (status: number, message = "no", param?: string): Response =>
  inAnthropicWords(
    new BedrockOpenAIError(status, message, {
      type: "x",
      ...(param && { param }),
      headers: { "retry-after": "1" },
    }),
    "req_1",
  );

describe("a failure in Anthropic's words", () => {
  it.each([
    [400, "invalid_request_error"],
    [401, "authentication_error"],
    [403, "permission_error"],
    [404, "not_found_error"],
    [405, "invalid_request_error"],
    [408, "timeout_error"],
    [413, "request_too_large"],
    [415, "invalid_request_error"],
    [429, "rate_limit_error"],
    [500, "api_error"],
    [502, "api_error"],
    [503, "overloaded_error"],
    [504, "timeout_error"],
  ])("with status %i is a %s", async (status, type) => {
    const response = failed(status);
    expect(response.status).toBe(status);
    expect(response.headers.get("request-id")).toBe("req_1");
    expect(response.headers.get("retry-after")).toBe("1");
    expect(await response.json()).toEqual({
      type: "error",
      error: { type, message: "no" },
      request_id: "req_1",
    });
  });

  it("names places as its callers write them, whatever stands in them", async () => {
    const response = failed(400, "Invalid 'tools[0].$&'.", "tools[0].$&");
    expect(await response.json()).toMatchObject({ error: { message: "Invalid 'tools.0.$&'." } });
  });
});
