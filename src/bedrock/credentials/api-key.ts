import { refuseBroken } from "./broken-key.ts";
import { withEndDate } from "./end-date.ts";
import { credentialsMissing, credentialsUnavailable } from "./failures.ts";
import type { ApiKeyProvider, ExpiringApiKey } from "../clients/identity.ts";
import { type Asking, renewing } from "./renewing.ts";
import { endOfKey } from "./short-term-key.ts";

/** A key that does not say when it ends is asked for again when half of this is over. */
const UNTOLD_MS = 10 * 60_000;

type Tokens = (properties?: Asking) => Promise<Required<ExpiringApiKey>>;

/** The keys that a function gets, each held until shortly before its end. */
export const keysFrom = (provider: ApiKeyProvider): Tokens =>
  renewing(async () => toToken(await asked(provider)));

async function asked(provider: ApiKeyProvider): Promise<string | ExpiringApiKey> {
  try {
    return await provider();
  } catch (thrown) {
    throw credentialsUnavailable("apiKey", thrown);
  }
}

function toToken(given: string | ExpiringApiKey): Required<ExpiringApiKey> {
  const { token, expiration } =
    typeof given === "object" && given !== null ? withEndDate(given) : { token: given };
  if (typeof token !== "string" || token.trim() === "")
    throw credentialsMissing("The option `apiKey` is a function, and gave no key.");
  refuseBroken({ token });
  return { token, expiration: expiration ?? endOfKey(token) ?? new Date(Date.now() + UNTOLD_MS) };
}
