import { afterEach, expect, it } from "vitest";
import { type BedrockEmulator, startBedrockEmulator } from "../../../../../src/testing/index.ts";
import { CLAUDE } from "../../../../support/bedrock.ts";
import { STAND_IN } from "../../../../support/network/certificates.ts";
import { inProcessOfItsOwn } from "../../../../support/network/in-process-of-its-own.ts";

let aws: BedrockEmulator | undefined;
afterEach(() => aws?.close());

const CHAT = {
  path: "/chat/completions",
  body: { model: CLAUDE, messages: [{ role: "user", content: "Hello" }] },
};

it.each([
  ["plain", {}],
  ["TLS", { tls: STAND_IN }],
])("a connection that rests keeps no process from ending, and serves until then (%s)", async (_, options) => {
  aws = await startBedrockEmulator(options);
  const requests = [CHAT, { ...CHAT, body: { ...CHAT.body, stream: true } }, CHAT];
  const { told, code, complaints } = await inProcessOfItsOwn({ options: { endpoint: aws.url }, requests });
  expect(told.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect({ code, complaints, connections: aws.connections }).toEqual({
    code: 0,
    complaints: "",
    connections: 1,
  });
});
