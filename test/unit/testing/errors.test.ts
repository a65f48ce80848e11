import { ConverseCommand, ConverseStreamCommand } from "@aws-sdk/client-bedrock-runtime";
import { describe, expect, it } from "vitest";
import { runtimeClient } from "./clients.ts";
import { CLAUDE_4_5, emulator, hello, post } from "./support.ts";

const input = { modelId: CLAUDE_4_5, messages: [{ role: "user" as const, content: [{ text: "hi" }] }] };

describe("scripted errors", () => {
  it.each([
    ["ThrottlingException", 429],
    ["AccessDeniedException", 403],
    ["ResourceNotFoundException", 404],
    ["ModelTimeoutException", 408],
    ["ModelErrorException", 424],
    ["ModelNotReadyException", 429],
    ["InternalServerException", 500],
    ["ServiceUnavailableException", 503],
    ["ServiceQuotaExceededException", 400],
  ])("serves %s with AWS's status %d", async (name, status) => {
    const bedrock = await emulator();
    bedrock.enqueue({ error: { name, message: "no" } });
    await expect(runtimeClient(bedrock).send(new ConverseCommand(input))).rejects.toMatchObject({
      name,
      message: "no",
      $metadata: { httpStatusCode: status },
    });
  });

  it("refuses a stream over HTTP, before the first event", async () => {
    const bedrock = await emulator();
    bedrock.enqueue({ error: { name: "ThrottlingException", message: "slow down" } });
    await expect(runtimeClient(bedrock).send(new ConverseStreamCommand(input))).rejects.toMatchObject({
      name: "ThrottlingException",
    });
  });

  it("carries the members, status and headers that the script asks for", async () => {
    const bedrock = await emulator();
    const members = { originalStatusCode: 529, resourceName: "r" };
    bedrock.enqueue({
      error: {
        name: "ModelErrorException",
        message: "x",
        status: 500,
        members,
        headers: { "retry-after": "7" },
      },
    });
    const answer = await post(bedrock, hello);
    expect(answer.status).toBe(500);
    expect(answer.json()).toEqual({ message: "x", ...members });
    expect(answer.headers.get("retry-after")).toBe("7");
  });

  it.each(["<html>edge</html>", "", "{}"])("lets the body be %j", async (body) => {
    const bedrock = await emulator();
    bedrock.enqueue({ error: { name: "ServiceUnavailableException", message: "x", body } });
    expect((await post(bedrock, hello)).text).toBe(body);
  });
});

describe("what the server refuses before any model", () => {
  it.each([
    ["/model/a/b/converse", "POST"],
    ["/model/arn:aws:bedrock:us-east-1::foundation-model/x/converse", "POST"],
    ["/model/x/invoke-badly", "POST"],
    ["/model/x/converse", "GET"],
    ["/", "GET"],
  ])("knows no operation at %s %s", async (path, method) => {
    const bedrock = await emulator();
    const answer = await fetch(bedrock.url + path, { method });
    expect(answer.status).toBe(404);
    expect(answer.headers.get("x-amzn-errortype")).toMatch(/^UnknownOperationException:/);
    expect(answer.headers.get("x-amzn-requestid")).toBe("00000000-0000-4000-8000-000000000001");
    expect(bedrock.requests[0]).toMatchObject({ operation: "Unknown", path });
  });

  it.each(["{", "[1", "hello"])("refuses the body %s as no JSON", async (body) => {
    const answer = await post(await emulator(), body);
    expect([answer.status, answer.headers.get("x-amzn-errortype")?.split(":")[0]]).toEqual([
      400,
      "SerializationException",
    ]);
  });
});
