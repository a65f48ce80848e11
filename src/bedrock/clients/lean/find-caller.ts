import type { ResolvedOptions } from "../../../options.ts";
import type { Borrowed } from "../../courier/thin/lender.ts";
import { type Access, access } from "../client-access.ts";
import { type AskIdentity, isByKey, keptCredentials, keyOf, plainCredentials } from "./identity-of.ts";
import { loadParts } from "./sdk-parts.ts";
import { soughtCredentials } from "./sought-credentials.ts";

/** Who calls. */
export interface Caller {
  /** By an API key, in the place of a signature. */
  isByKey: boolean;
  identity: AskIdentity;
  /** What the SDK's client is given in the place of the options' access, so that nobody is asked twice. */
  handedOver: Pick<Access, "credentials" | "token" | "authSchemePreference">;
}

/** Who has begun to sign does not turn to an API key that has come into the environment since. */
const SIGNS = { authSchemePreference: ["sigv4"] };

/**
 * Loads what the SDK looks for credentials with, where they are not at hand. Undefined where it has none of that.
 * @param region That of the first call.
 */
export function findCaller(
  options: ResolvedOptions,
  region: string,
  requestHandler: Borrowed["requestHandler"],
): Caller | undefined {
  const said = access(options);
  if (isByKey(said))
    return { isByKey: true, identity: keyOf(said), handedOver: said.token ? { token: said.token } : {} };
  const plain = plainCredentials(said);
  if (plain) {
    const credentials = said.credentials ?? keptCredentials(plain);
    return { isByKey: false, identity: plain, handedOver: { credentials, ...SIGNS } };
  }
  const parts = loadParts();
  if (!parts) return undefined;
  const { credentials: given } = said;
  const maxAttempts = options.retries + 1;
  const credentials = soughtCredentials(parts, { credentials: given, region, requestHandler, maxAttempts });
  return { isByKey: false, identity: () => credentials(), handedOver: { credentials, ...SIGNS } };
}
