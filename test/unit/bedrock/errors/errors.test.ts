import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { fromAwsError, toStreamFailure } from "../../../../src/bedrock/errors/errors.ts";

const MODEL = "anthropic.claude-3-haiku-20240307-v1:0";
const aws = (name: string, message = "x", more: object = {}): Error =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode: 400, attempts: 1 }, ...more });

describe("an AWS exception as an OpenAI error", () => {
  it.each([
    ["com.amazon.bedrock#ThrottlingException:http://internal/coral/", 429],
    ["throttlingException", 429],
    ["THROTTLINGEXCEPTION", 429],
    ["ModelNotReadyException", 503],
    ["ConflictException", 409],
    ["InvalidSignatureException", 401],
    ["SomethingNewException", 400],
    ["constructor", 400],
    ["__proto__", 400],
  ])("%s is a %i, however it is spelt", (name, status) => {
    expect(fromAwsError(aws(name), MODEL).status).toBe(status);
  });

  it.each([
    "Input is too long for requested model.",
    "input length and `max_tokens` exceed context limit: 200000 + 4096 > 200000",
    "prompt is too long: 250000 tokens > 200000 maximum",
    "too many total text bytes: 30000000 > 25000000",
  ])("'%s' is context_length_exceeded, in the words clients look for", (message) => {
    const error = fromAwsError(aws("ValidationException", message), MODEL);
    expect(error).toMatchObject({ status: 400, code: "context_length_exceeded", param: "messages" });
    expect(error.message).toContain("maximum context length");
  });

  it.each([
    "This request has been blocked by our content filters. Please adjust your text prompt to submit a new request.",
    "This request has been blocked by our content filters. Our filters automatically flagged this prompt because it may " +
      "conflict our AUP or AWS Responsible AI Policy. Please adjust your text prompt to submit a new request.",
    "Input image is in conflict with AWS Responsible AI Policy.",
  ])("'%s' is content_policy_violation, and says what to change", (message) => {
    expect(fromAwsError(aws("ValidationException", message), MODEL)).toMatchObject({
      status: 400,
      type: "invalid_request_error",
      code: "content_policy_violation",
      message,
    });
  });

  it("an unknown model id is a 404 that names it", () => {
    const error = fromAwsError(
      aws("ValidationException", "The provided model identifier is invalid."),
      "x.y",
    );
    expect(error).toMatchObject({ status: 404, code: "model_not_found", param: "model" });
    expect(error.message).toContain("'x.y'");
  });

  it("a model that does not chat is unsupported_model, as other endpoints have it of one that does", () => {
    const message =
      "This action doesn't support the model that you provided. Try again with a supported text or chat model.";
    const error = fromAwsError(aws("ValidationException", message), "amazon.titan-embed-text-v2:0");
    expect(error).toMatchObject({ status: 400, code: "unsupported_model", param: "model" });
    expect(error.message).toContain(message);
  });

  it("a base id that needs a profile names ids that may work", () => {
    const message = `Invocation of model ID ${MODEL} with on-demand throughput isn’t supported.`;
    const error = fromAwsError(aws("ValidationException", message), MODEL);
    expect(error.code).toBe("inference_profile_required");
    expect(error.message).toContain(`'us.${MODEL}'`);
  });

  it.each([
    [400, 400],
    [429, 429],
    [503, 503],
    [500, 500],
  ])("a model's own %i inside a ModelErrorException is told as %i", (originalStatusCode, status) => {
    expect(fromAwsError(aws("ModelErrorException", "x", { originalStatusCode }), MODEL).status).toBe(status);
  });

  it("tells nobody the accounts and ARNs that AWS mentions, but keeps the caller's own", () => {
    const own = "arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abc";
    const other = "arn:aws:sts::123456789012:assumed-role/app/session";
    const error = fromAwsError(aws("ValidationException", `${other} on ${own} in account 123456789012`), own);
    expect(error.message).toContain(own);
    expect(error.message).not.toContain("123456789012");
    expect(error.message).not.toContain("assumed-role");
    expect(JSON.stringify(error.toBody())).not.toContain("123456789012");
  });

  it("lets AWS's own retry-after win", () => {
    const error = fromAwsError(
      aws("ThrottlingException", "x", { $response: { headers: { "retry-after": "7" } } }),
      MODEL,
    );
    expect(error.headers).toEqual({ "retry-after": "7", "x-should-retry": "true" });
  });

  it("does not let clients multiply what the SDK already retried", () => {
    const error = fromAwsError(aws("ThrottlingException", "x", { $metadata: { attempts: 3 } }), MODEL);
    expect(error.headers["x-should-retry"]).toBe("false");
  });

  it.each([
    ["a reset connection, which the SDK calls a timeout", { name: "TimeoutError", code: "ECONNRESET" }, 503],
    ["a name that does not resolve", { code: "ENOTFOUND" }, 503],
    ["a timeout", { name: "TimeoutError" }, 504],
    ["anything else", {}, 500],
    ["a thrown string", "boom", 500],
  ])("%s", (_, thrown, status) => {
    const error = typeof thrown === "string" ? thrown : Object.assign(new Error("x"), thrown);
    expect(fromAwsError(error, MODEL).status).toBe(status);
  });

  it("says what to do when there is no region", () => {
    expect(fromAwsError(new Error("Region is missing"), MODEL).message).toContain("AWS_REGION");
  });

  it.each([
    ["EACCES", "open", "aws_credentials_missing"],
    ["EISDIR", "read", "aws_credentials_missing"],
    // A socket's, and that of a program that is to be started.
    ["ENOENT", "connect", null],
    ["ENOENT", "spawn", null],
  ])("%s of '%s' is a token's file or is not", (code, syscall, expected) => {
    const thrown = Object.assign(new Error(`${code}: of '/home/me/token'`), { code, syscall });
    const error = fromAwsError(thrown, MODEL);
    expect(error.code).toBe(expected);
    expect(error.message).not.toContain("/home/me");
  });

  it("names a region that is none, so that the end of a line in it is seen", () => {
    const said = (region: string) =>
      new Error(`Region not accepted: region="${region}" is not a valid hostname component.`);
    expect(fromAwsError(said("us-east-1\n"), MODEL)).toMatchObject({
      code: "aws_region_invalid",
      message: expect.stringContaining('"us-east-1\\n"'),
    });
    expect(fromAwsError(said("x".repeat(5_000)), MODEL).message.length).toBeLessThan(300);
  });

  it("after the 200 calls what it does not know an interrupted stream", () => {
    expect(toStreamFailure(new Error("aborted"), MODEL)).toMatchObject({
      code: "stream_interrupted",
      status: 502,
    });
  });
});

describe("a refused signature", () => {
  const message =
    "The request signature we calculated does not match the signature you provided.\n\nThe Canonical String for this request " +
    "should have been\n'POST\n/model/x/converse\n\nx-amz-security-token:SESSION-TOKEN\n'\n\nThe String-to-Sign should have been\n''";

  it.each(["InvalidSignatureException", "SignatureDoesNotMatch", "ValidationException", "NativeError"])(
    "of which AWS repeats what it would sign shows no session token, neither to a caller nor in a log: %s",
    (name) => {
      const $response = { headers: {}, body: message };
      const error = fromAwsError(aws(name, message, { $response }), MODEL);
      expect(`${error.message} ${inspect(error, { depth: 9 })}`).not.toContain("SESSION-TOKEN");
      expect(String((error.cause as Error).message)).toMatch(/you provided\.$/);
    },
  );
});
