import type { BedrockOpenAIHandler, BedrockOpenAIOptions } from "../../src/index.ts";
import { createBedrockOpenAIHandler } from "../../src/index.ts";
import { type BedrockEmulator, startBedrockEmulator } from "../../src/testing/index.ts";

/** The account of the options, and that of an entry: neither takes the other's access key. */
export const OURS = {
  accessKeyId: "AKIAOURS000000000000",
  secretAccessKey: "ours/secret+000000000000000000000000",
};
export const THEIRS = {
  accessKeyId: "AKIATHEIRS0000000000",
  secretAccessKey: "theirs/secret+0000000000000000000000",
};

export interface TwoAccounts {
  ours: BedrockEmulator;
  theirs: BedrockEmulator;
  logged: unknown[];
  handlerOf(models: BedrockOpenAIOptions["models"], options?: BedrockOpenAIOptions): BedrockOpenAIHandler;
  close(): Promise<void>;
}

export async function openAccounts(): Promise<TwoAccounts> {
  const ours = await startBedrockEmulator({ credentials: OURS });
  const theirs = await startBedrockEmulator({ credentials: THEIRS });
  const logged: unknown[] = [];
  const log = (...words: unknown[]): void => void logged.push(...words);
  return {
    ours,
    theirs,
    logged,
    handlerOf: (models, options = {}) =>
      createBedrockOpenAIHandler({
        endpoint: ours.url,
        region: "us-east-1",
        credentials: OURS,
        retries: 0,
        logger: { error: log, warn: log },
        ...(models && { models }),
        ...options,
      }),
    close: async () => {
      await Promise.all([ours.close(), theirs.close()]);
    },
  };
}

/** Who signed the requests of an account, and for which Region and service. */
export const signersOf = ({ requests }: BedrockEmulator): string[] => [
  ...new Set(
    requests.map(({ headers }) => {
      const said = headers["authorization"] ?? "";
      const [, key, scope] = /Credential=([^/]+)\/\d{8}\/([^,]+)\/aws4_request/.exec(said) ?? [];
      return key === undefined ? said : `${key} ${scope}`;
    }),
  ),
];
