/** Invokes the function of `handler.ts` here, as a function URL would. */
import type { LambdaEvent, LambdaInvocation } from "bedrock-openai/lambda";
import { EMULATOR_CREDENTIALS } from "bedrock-openai/testing";
import { findBedrock } from "../bedrock.ts";

const { options, isEmulator } = await findBedrock();
// A function finds AWS in its environment, and so does this one.
if (isEmulator)
  Object.assign(process.env, {
    AWS_REGION: "us-east-1",
    AWS_ENDPOINT_URL: options.endpoint,
    AWS_ACCESS_KEY_ID: EMULATOR_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: EMULATOR_CREDENTIALS.secretAccessKey,
  });
const { handler } = await import("./handler.ts");

const event: LambdaEvent = {
  version: "2.0",
  rawPath: "/v1/chat/completions",
  rawQueryString: "",
  headers: { "content-type": "application/json" },
  requestContext: { http: { method: "POST", sourceIp: "127.0.0.1" } },
  body: JSON.stringify({
    model: "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
    messages: [{ role: "user", content: process.argv[2] ?? "Which one is bigger, 3.9 or 3.11?" }],
  }),
  isBase64Encoded: false,
};
const invocation = { functionName: "local", getRemainingTimeInMillis: () => 60_000 } as LambdaInvocation;

console.log(await handler(event, invocation));

if (isEmulator) process.exit(0);
