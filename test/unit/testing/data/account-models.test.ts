import { InvokeModelCommand } from "@aws-sdk/client-bedrock-runtime";
import { describe, expect, it } from "vitest";
import { accountArn } from "../../../../src/testing/index.ts";
import { runtimeClient } from "../clients.ts";
import { answerOf, invoke, refusal, verdictOf } from "../invoke/call.ts";
import { emulator, HIDDEN, post } from "../support.ts";
import type { Body } from "../support.ts";
import { cohere, COHERE_V3, COHERE_V4, TITAN_V2, vectorOf } from "./embedding-bodies.ts";

const profile = (id: string, region?: string) => accountArn("application-inference-profile", id, region);
const titan = { inputText: "hello" };
const hello = cohere({ texts: ["hello"] });

describe("an ARN of the account stands for the model behind it", () => {
  it.each<[what: string, arn: string, model: string, body: Body]>([
    ["a profile of Titan", profile("titan0000001"), TITAN_V2, titan],
    ["a profile in another Region", profile("titan0000001", "eu-west-1"), TITAN_V2, titan],
    ["a profile of Cohere's older model", profile("embed0000001"), COHERE_V3, hello],
    ["a profile of Cohere's newer model", profile("embed0000004"), COHERE_V4, hello],
    ["provisioned throughput of Titan", accountArn("provisioned-model", "titanembed01"), TITAN_V2, titan],
  ])("%s", async (_, arn, model, body) => {
    expect(await vectorOf(arn, body)).toEqual(await vectorOf(model, body));
  });

  it("and refuses the bodies of all others", async () => {
    expect(await verdictOf(profile("titan0000001"), { ...titan, dimensions: 384 })).toBe(
      refusal("384 is not a valid enum value"),
    );
    expect(await verdictOf(profile("embed0000001"), titan)).toContain("#: required key [texts] not found");
    expect(await verdictOf(profile("embed0000001"), { ...hello, output_dimension: 256 })).toBe(
      refusal("#: extraneous key [output_dimension] is not permitted"),
    );
    expect(await verdictOf(accountArn("provisioned-model", "titanembed01"), hello)).toBe(
      refusal("3 schema violations found"),
    );
  });

  it.each([
    ["a profile of a chat model", HIDDEN],
    ["a profile that nobody made", profile("nobody000001")],
    ["another account's profile", profile("titan0000001").replace("123456789012", "210987654321")],
    ["what is called like a profile and is none", accountArn("provisioned-model", "titan0000001")],
  ])("%s embeds nothing", async (_, arn) => {
    expect(await verdictOf(arn, hello)).toMatch(/^400 Malformed input request/);
    expect(await answerOf(arn, titan)).not.toHaveProperty("embedding");
  });
});

describe("models that do not converse", () => {
  it.each([
    [TITAN_V2, titan],
    [COHERE_V3, hello],
    [profile("titan0000001"), titan],
  ])("%s does not stream", async (model, body) => {
    const operation = "invoke-with-response-stream";
    const { status, json } = await post(await emulator(), body, { model, operation });
    expect([status, json()]).toEqual([400, { message: "The model is unsupported for streaming." }]);
  });

  it("answer AWS's own client", async () => {
    const answer = await runtimeClient(await emulator()).send(
      new InvokeModelCommand({
        modelId: profile("embed0000004"),
        contentType: "application/json",
        body: JSON.stringify({ ...hello, embedding_types: ["float"] }),
        serviceTier: "default",
      }),
    );
    expect(answer).toMatchObject({ contentType: "application/json", serviceTier: "default" });
    const body = JSON.parse(Buffer.from(answer.body).toString()) as { embeddings: { float: number[][] } };
    expect(body.embeddings.float[0]).toHaveLength(1536);
  });

  it("do as the script says: errors, faults and exact bodies, but only once the body is right", async () => {
    const bedrock = await emulator();
    bedrock.enqueue({ error: { name: "ThrottlingException", message: "Too many tokens" } });
    bedrock.enqueue({ response: { embedding: [1], inputTextTokenCount: 1 } });
    expect(await verdictOf(TITAN_V2, {}, bedrock)).toBe(refusal("required key [inputText] not found"));
    const { status } = await invoke(TITAN_V2, titan, { bedrock });
    expect(status).toBe(429);
    expect(await answerOf(TITAN_V2, titan, bedrock)).toEqual({ embedding: [1], inputTextTokenCount: 1 });
    expect(await vectorOf(TITAN_V2, titan, bedrock)).toHaveLength(1024);
  });
});
