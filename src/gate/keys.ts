import type { BedrockOpenAIOptions, Logger } from "../options.ts";
import { askedKeys } from "./asked-keys.ts";
import { digest, digestsOf, isAmong } from "./digests.ts";

/** Whether a key is one of the operator's. @throws BedrockOpenAIError 503 where nobody knows. */
export type IsKnown = (key: string) => Promise<boolean>;

export function createKeyring(
  apiKeys: NonNullable<BedrockOpenAIOptions["apiKeys"]>,
  logger: Pick<Logger, "warn">,
): IsKnown {
  if (typeof apiKeys === "function") return askedKeys(apiKeys, logger);
  const known = digestsOf(apiKeys);
  return async (key) => isAmong(await known, await digest(key));
}
