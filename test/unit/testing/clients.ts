import { BedrockClient } from "@aws-sdk/client-bedrock";
import { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { afterEach } from "vitest";
import { EMULATOR_CREDENTIALS } from "../../../src/testing/index.ts";
import type { BedrockEmulator } from "../../../src/testing/index.ts";

/** AWS's own clients, pointed at an emulator and destroyed after the test. */

const clients: { destroy(): void }[] = [];

afterEach(() => {
  for (const client of clients.splice(0)) client.destroy();
});

type Config = ConstructorParameters<typeof BedrockRuntimeClient>[0];

export function runtimeClient(bedrock: BedrockEmulator, config: Config = {}): BedrockRuntimeClient {
  const client = new BedrockRuntimeClient({ ...settings(bedrock), ...config });
  clients.push(client);
  return client;
}

export function controlClient(bedrock: BedrockEmulator): BedrockClient {
  const client = new BedrockClient(settings(bedrock));
  clients.push(client);
  return client;
}

function settings(bedrock: BedrockEmulator) {
  return {
    endpoint: bedrock.url,
    region: "us-east-1",
    credentials: EMULATOR_CREDENTIALS,
    requestHandler: new NodeHttpHandler(),
    maxAttempts: 1,
  };
}
