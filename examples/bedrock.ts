import { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";
import type { BedrockOpenAIOptions } from "bedrock-openai";
import { EMULATOR_CREDENTIALS, startBedrockEmulator } from "bedrock-openai/testing";

export interface ExampleBedrock {
  options: BedrockOpenAIOptions;
  isEmulator: boolean;
}

/** Real AWS where a region and credentials are at hand, otherwise the emulator, which says so loudly. */
export async function findBedrock(): Promise<ExampleBedrock> {
  if (await hasAws()) return { options: {}, isEmulator: false };
  const emulator = await startBedrockEmulator({ tokenDelayMs: 40 });
  console.log(BANNER);
  return {
    options: { endpoint: emulator.url, region: "us-east-1", credentials: EMULATOR_CREDENTIALS },
    isEmulator: true,
  };
}

async function hasAws(): Promise<boolean> {
  const region = process.env["AWS_REGION"] ?? process.env["AWS_DEFAULT_REGION"];
  const client = new BedrockRuntimeClient(region ? { region } : {});
  try {
    // First the region: without it nobody meant AWS, and looking for credentials may ask the network.
    await client.config.region();
    if (process.env["AWS_BEARER_TOKEN_BEDROCK"]) return true;
    await client.config.credentials();
    return true;
  } catch {
    return false;
  } finally {
    client.destroy();
  }
}

const BANNER = `
┌──────────────────────────────────────────────────────────────────────────┐
│  EMULATOR: no AWS region and credentials were found, so these answers    │
│  come from a local imitation of Bedrock. No model is called. Nothing is  │
│  billed. Set AWS_REGION and credentials to reach real models.            │
└──────────────────────────────────────────────────────────────────────────┘
`;
