import type { BedrockOpenAIOptions, ModelEntry } from "bedrock-openai";
import { type BedrockEmulator, startBedrockEmulator } from "bedrock-openai/testing";
import { findBedrock } from "../bedrock.ts";

export interface Accounts {
  /** Of all that is no tenant's. */
  options: BedrockOpenAIOptions;
  /** How a tenant's own AWS account is reached. */
  accessOf(tenant: string): Promise<ModelEntry>;
  isEmulator: boolean;
}

/** On AWS a profile for each tenant, named like it; otherwise an emulator for each, which takes nobody else's signature. */
export async function findAccounts(): Promise<Accounts> {
  const { options, isEmulator } = await findBedrock();
  return {
    options,
    accessOf: async (tenant) => (isEmulator ? emulate(tenant) : { profile: tenant }),
    isEmulator,
  };
}

async function emulate(tenant: string): Promise<ModelEntry> {
  const credentials = {
    accessKeyId: `AKIA${tenant.toUpperCase()}`,
    secretAccessKey: `the secret of ${tenant}`,
  };
  const emulator = await startBedrockEmulator({ credentials });
  tellFrom(0, tenant, emulator);
  return { credentials, endpoint: emulator.url };
}

/** Says what an account has answered, and from then on what it answers. */
function tellFrom(first: number, tenant: string, emulator: BedrockEmulator): void {
  const answered = emulator.requests.slice(first).filter(({ status }) => status !== undefined);
  for (const { operation, headers, status } of answered) {
    const [, key, region] = /Credential=([^/]+)\/\d+\/([^/]+)/.exec(headers["authorization"] ?? "") ?? [];
    console.log(
      `The account of ${tenant} answered ${status} to ${operation}, signed by ${key} for ${region}.`,
    );
  }
  setTimeout(() => tellFrom(first + answered.length, tenant, emulator), 50).unref();
}
