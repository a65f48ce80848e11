import * as sdk from "@aws-sdk/client-bedrock-runtime";
import { describe, expect, it } from "vitest";
import { readRuntimePath } from "../../../src/bedrock/runtime-paths.ts";

const ARN = "arn:aws:bedrock:eu-west-1:123456789012";
const INVOCATION = `${ARN}:async-invoke/abcdef123456`;
const MODEL = `${ARN}:imported-model/abcdef123456`;

/** The request line that AWS's own client writes. */
async function lineOf(command: object): Promise<{ method: string; path: string; query: object }> {
  const seen: { method: string; path: string; query: object }[] = [];
  const requestHandler = {
    handle: async (request: (typeof seen)[0]) => {
      seen.push(request);
      throw new Error("seen");
    },
  };
  const credentials = { accessKeyId: "a", secretAccessKey: "b" };
  const client = new sdk.BedrockRuntimeClient({
    region: "us-east-1",
    credentials,
    maxAttempts: 1,
    requestHandler: requestHandler as never,
  });
  await client.send(command as sdk.ConverseCommand).catch(() => undefined);
  return seen[0]!;
}

const content = [{ text: { text: "a" } }];
const model = { modelId: MODEL };
const converse = { ...model, messages: [] };

/** Every operation of the client but the one that streams both ways. */
const COMMANDS = {
  ApplyGuardrailCommand: { guardrailIdentifier: "abc123", guardrailVersion: "1", source: "INPUT", content },
  ConverseCommand: converse,
  ConverseStreamCommand: converse,
  CountTokensCommand: { ...model, input: { converse: { messages: [] } } },
  GetAsyncInvokeCommand: { invocationArn: INVOCATION },
  InvokeGuardrailChecksCommand: {},
  InvokeModelCommand: { ...model, body: "{}" },
  InvokeModelWithResponseStreamCommand: { ...model, body: "{}" },
  ListAsyncInvokesCommand: { maxResults: 1, sortBy: "SubmissionTime", submitTimeAfter: new Date(0) },
  StartAsyncInvokeCommand: {
    modelId: "a.b",
    modelInput: {},
    outputDataConfig: { s3OutputDataConfig: { s3Uri: "s3://a" } },
  },
};

describe("a path of Bedrock Runtime's", () => {
  it("is known for all that AWS's client calls", () => {
    const commands = Object.keys(sdk).filter((name) => /^[A-Z].*Command$/.test(name) && name !== "$Command");
    expect(commands.filter((name) => !(name in COMMANDS))).toEqual([
      "InvokeModelWithBidirectionalStreamCommand",
    ]);
  });

  it.each(Object.entries(COMMANDS))("is written anew as %s writes it", async (name, input) => {
    const Command = (sdk as unknown as Record<string, new (input: object) => object>)[name]!;
    const { method, path, query } = await lineOf(new Command(input));
    const read = readRuntimePath(method, path)!;
    expect(`${read.head}${encodeURIComponent(read.name)}${read.tail}`).toBe(path);
    expect(Object.keys(query ?? {}).filter((key) => !read.query.includes(key))).toEqual([]);
    expect(read.isModel).toBe("modelId" in input && name !== "StartAsyncInvokeCommand");
  });

  it("tells the Region of what is an ARN and no model", () => {
    expect(readRuntimePath("GET", `/async-invoke/${encodeURIComponent(INVOCATION)}`)).toMatchObject({
      region: "eu-west-1",
    });
    expect(readRuntimePath("POST", "/guardrail/abc/version/DRAFT/apply")).toMatchObject({
      region: undefined,
    });
  });

  it.each([
    ["GET", "/model/a.b/converse"],
    ["POST", "/model/a.b/invoke-with-bidirectional-stream"],
    ["DELETE", "/async-invoke"],
    ["POST", "/async-invoke/"],
    ["GET", "/async-invoke/abc"],
    ["GET", `/async-invoke/${encodeURIComponent(INVOCATION.replace("eu-west-1", "evil"))}`],
    ["GET", `/async-invoke/${encodeURIComponent(encodeURIComponent(INVOCATION))}`],
    ["POST", "/guardrail/a%2f..%2fb/version/1/apply"],
    ["POST", "/guardrail/ABC/version/1/apply"],
    ["POST", "/guardrail/abc/version/0/apply"],
    ["POST", "/guardrail/abc%0a/version/1/apply"],
    ["POST", "/model/%ff/converse"],
    ["POST", ""],
  ])("is not %s %s", (method, path) => {
    expect(readRuntimePath(method, path)).toBeUndefined();
  });

  it("is looked at once, however long it is", () => {
    expect(readRuntimePath("POST", `/model/${"/converse".repeat(100_000)}x`)).toBeUndefined();
    expect(readRuntimePath("POST", `/guardrail/${"a/version/1/apply".repeat(50_000)}`)).toBeUndefined();
  });
});
