import { describe, expect, it } from "vitest";
import { BedrockOpenAIError } from "../../../../src/errors.ts";
import { failureEvents } from "../../../../src/wires/responses/failure.ts";
import { openResponse } from "../../../../src/wires/responses/reply/opening.ts";
import { assertSchema } from "../../../support/openai-schema.ts";

const opening = openResponse({ model: "m" }, { id: "resp_1", createdAt: 1, model: "m" });

const failure = (status: number, code: string | null): BedrockOpenAIError =>
  new BedrockOpenAIError(status, "No.", { type: "server_error", code, param: "input" });

describe("a failure in the middle of an answer", () => {
  it("is told twice, since some clients read only one of the two", () => {
    const [error, failed] = failureEvents(failure(503, "overloaded"), opening);
    assertSchema("ResponseErrorEvent", { ...error, sequence_number: 0 });
    assertSchema("ResponseFailedEvent", { ...failed, sequence_number: 1 });
    expect(error).toEqual({
      type: "error",
      code: "overloaded",
      message: "No.",
      param: "input",
      error: { type: "server_error", code: "overloaded", message: "No.", param: "input" },
    });
    expect(failed).toMatchObject({
      type: "response.failed",
      response: { id: "resp_1", status: "failed", error: { code: "server_error", message: "No." } },
    });
  });

  it.each<[number, string | null, string]>([
    [429, "rate_limit_exceeded", "rate_limit_exceeded"],
    [429, "insufficient_quota", "insufficient_quota"],
    [400, "context_length_exceeded", "context_length_exceeded"],
    [413, "request_too_large", "invalid_prompt"],
    [400, "invalid_image_format", "invalid_image_format"],
    [502, "stream_interrupted", "server_error"],
    [500, null, "server_error"],
    [403, "model_not_available", "server_error"],
  ])("of status %i and code %s has OpenAI's code %s", (status, code, told) => {
    const [, failed] = failureEvents(failure(status, code), opening);
    expect(failed).toMatchObject({ response: { error: { code: told } } });
  });
});
