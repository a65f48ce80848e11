import type { BedrockOpenAIOptions, Logger } from "../options.ts";
import { askedKeys, type IsKnown } from "./asked-keys.ts";
import { digest, digestsOf, isAmong } from "./digests.ts";

export function createKeyring(
  apiKeys: NonNullable<BedrockOpenAIOptions["apiKeys"]>,
  logger: Pick<Logger, "warn">,
): IsKnown {
  if (typeof apiKeys === "function") return askedKeys(apiKeys, logger);
  const known = digestsOf(apiKeys);
  return async (key) => isAmong(await known, await digest(key));
}
