import { ConverseCommand } from "@aws-sdk/client-bedrock-runtime";
import { describe, expect, it } from "vitest";
import { controlClient, runtimeClient } from "./clients.ts";
import { CLAUDE_4_5, emulator, hello, HIDDEN, post } from "./support.ts";
import { ListInferenceProfilesCommand } from "@aws-sdk/client-bedrock";

const command = (modelId = CLAUDE_4_5) =>
  new ConverseCommand({ modelId, messages: [{ role: "user", content: [{ text: "hi" }] }] });

const keys = (accessKeyId: string, secretAccessKey = "secret") => ({
  credentials: { accessKeyId, secretAccessKey },
});

describe("authentication", () => {
  it("verifies real signatures, over ids whose path is encoded twice", async () => {
    const client = runtimeClient(await emulator());
    await expect(client.send(command())).resolves.toBeDefined();
    await expect(client.send(command(HIDDEN))).resolves.toBeDefined();
  });

  it("verifies real signatures over a query", async () => {
    const client = controlClient(await emulator());
    const listed = client.send(
      new ListInferenceProfilesCommand({ typeEquals: "SYSTEM_DEFINED", maxResults: 2 }),
    );
    await expect(listed).resolves.toBeDefined();
  });

  it("refuses the emulator's own key with another secret", async () => {
    const client = runtimeClient(await emulator(), keys("AKIAEMULATOR00000000", "wrong"));
    await expect(client.send(command())).rejects.toMatchObject({
      name: "InvalidSignatureException",
      $metadata: { httpStatusCode: 403 },
    });
  });

  it("takes other keys at their word", async () => {
    const client = runtimeClient(await emulator(), keys("AKIASOMEONE"));
    await expect(client.send(command())).resolves.toBeDefined();
  });

  it.each([
    ["EXPIRED1", "ExpiredTokenException", "The security token included in the request is expired"],
    ["AKIAINVALID", "UnrecognizedClientException", "The security token included in the request is invalid."],
    ["AKIADENIED", "AccessDeniedException", "not authorized to perform: bedrock:InvokeModel on resource"],
  ])("gives the key %s its %s", async (key, name, message) => {
    const client = runtimeClient(await emulator(), keys(key));
    await expect(client.send(command())).rejects.toMatchObject({
      name,
      message: expect.stringContaining(message),
      $metadata: { httpStatusCode: 403 },
    });
  });

  it("takes a bearer token", async () => {
    const bedrock = await emulator();
    const client = runtimeClient(bedrock, {
      token: { token: "bedrock-api-key-x" },
      authSchemePreference: ["httpBearerAuth"],
    });
    await expect(client.send(command())).resolves.toBeDefined();
    expect(bedrock.requests[0]?.headers["authorization"]).toBe("Bearer bedrock-api-key-x");
  });

  const scope = "Credential=AKIA/20261121/us-east-1/bedrock/aws4_request";
  const signed = `SignedHeaders=host, Signature=${"0".repeat(64)}`;
  it.each([
    ["nothing", "", "MissingAuthenticationTokenException"],
    ["an empty bearer", "Bearer ", "MissingAuthenticationTokenException"],
    ["basic", "Basic eDp5", "MissingAuthenticationTokenException"],
    ["no signature", `AWS4-HMAC-SHA256 ${scope}, SignedHeaders=host`, "IncompleteSignatureException"],
    ["half a scope", `AWS4-HMAC-SHA256 Credential=AKIA/bedrock, ${signed}`, "IncompleteSignatureException"],
    [
      "another service",
      `AWS4-HMAC-SHA256 ${scope.replace("bedrock/", "s3/")}, ${signed}`,
      "InvalidSignatureException",
    ],
    [
      "an unsigned host",
      `AWS4-HMAC-SHA256 ${scope}, ${signed.replace("host", "date")}`,
      "InvalidSignatureException",
    ],
    [
      "a short signature",
      `AWS4-HMAC-SHA256 ${scope}, SignedHeaders=host, Signature=00`,
      "InvalidSignatureException",
    ],
  ])("refuses %s", async (_, authorization, name) => {
    const headers = { authorization, "x-amz-date": "20261121T000000Z" };
    const answer = await post(await emulator(), hello, { headers });
    expect(answer.status).toBe(403);
    expect(answer.headers.get("x-amzn-errortype")).toMatch(new RegExp(`^${name}:`));
  });

  it.each(["", " ", "AKIA "])("knows nobody whose access key is '%s'", async (key) => {
    const authorization = `AWS4-HMAC-SHA256 ${scope.replace("AKIA", key)}, ${signed}`;
    const headers = { authorization, "x-amz-date": "20261121T000000Z" };
    const answer = await post(await emulator(), hello, { headers });
    expect(answer.status).toBe(403);
    expect(answer.headers.get("x-amzn-errortype")).toMatch(/^UnrecognizedClientException:/);
  });

  it("refuses a body that is not the one that was hashed", async () => {
    const headers = {
      authorization: `AWS4-HMAC-SHA256 ${scope}, ${signed}`,
      "x-amz-date": "20261121T000000Z",
      "x-amz-content-sha256": "0".repeat(64),
    };
    const answer = await post(await emulator(), hello, { headers });
    expect(answer.headers.get("x-amzn-errortype")).toMatch(/^InvalidSignatureException:/);
  });
});

describe("an account with an access key of its own", () => {
  const OWN = { accessKeyId: "AKIAOWN", secretAccessKey: "its secret" };

  it("takes that, and proves its signatures", async () => {
    const bedrock = await emulator({ credentials: OWN });
    await expect(
      runtimeClient(bedrock, keys("AKIAOWN", "its secret")).send(command(HIDDEN)),
    ).resolves.toBeDefined();
    await expect(runtimeClient(bedrock, keys("AKIAOWN", "wrong")).send(command())).rejects.toMatchObject({
      name: "InvalidSignatureException",
    });
  });

  it.each(["AKIAEMULATOR00000000", "AKIASOMEONE"])("does not know the key of another: %s", async (key) => {
    const client = runtimeClient(await emulator({ credentials: OWN }), keys(key));
    await expect(client.send(command())).rejects.toMatchObject({
      name: "UnrecognizedClientException",
      $metadata: { httpStatusCode: 403 },
    });
  });
});
