import type { BedrockOpenAIOptions } from "../../options.ts";
import { refuseBroken } from "./broken-key.ts";
import { withEndDate } from "./end-date.ts";
import { credentialsMissing, credentialsUnavailable } from "./failures.ts";
import { isKeyPair } from "./is-credentials.ts";
import type { Credentials, KeyPair, Provider, ProviderProperties } from "./provider.ts";
import { renewing } from "./renewing.ts";
import { rolesIn } from "./roles-in.ts";
import { loadProviders, takeRole } from "./take-role.ts";
import { takeRoleByToken } from "./take-role-by-token.ts";

/** Who calls AWS by signatures. */
export type Signing = Pick<
  BedrockOpenAIOptions,
  "credentials" | "profile" | "role" | "webIdentityToken" | "fips" | "dualStack"
>;

/** The credentials to sign with, renewed before they end. Undefined for what the SDK finds by itself: a profile, its whole chain. */
export function credentialsOf({
  credentials,
  profile,
  role,
  webIdentityToken,
  ...host
}: Signing): Credentials | undefined {
  const given =
    typeof credentials === "function"
      ? fromFunction(credentials as Provider)
      : credentials && withEndDate(credentials);
  const [first, ...others] = rolesIn(role);
  if (!first) return given;
  const taken = webIdentityToken
    ? takeRoleByToken(first, webIdentityToken, host)
    : takeRole(first, given ?? ambient(profile), host);
  // Each holds its credentials by itself, so that the last one's renewal does not take on the first one's role anew.
  return others.reduce<Credentials>((base, next) => renewing(takeRole(next, base, host)), renewing(taken));
}

/** What the SDK finds by itself, where something else is made of it. */
function ambient(profile: string | undefined): Provider {
  return async (properties) => {
    const { fromNodeProviderChain } = await loadProviders();
    // A new one each time: it would keep what it has found. The client of AWS STS that asks keeps it already.
    const found = await (fromNodeProviderChain(profile === undefined ? {} : { profile }) as Provider)(
      properties,
    );
    refuseBroken(found);
    return found;
  };
}

const fromFunction = (credentials: Provider): Provider =>
  renewing<KeyPair, ProviderProperties>(async (properties) => {
    const given = await called(credentials, properties);
    if (!isKeyPair(given))
      throw credentialsMissing("The option `credentials` is a function, and gave no access key and secret.");
    refuseBroken(given);
    return withEndDate(given);
  });

async function called(
  credentials: Provider,
  properties: ProviderProperties | undefined,
): Promise<KeyPair | undefined> {
  try {
    return await credentials(properties);
  } catch (thrown) {
    throw isOfSdk(thrown) ? thrown : credentialsUnavailable("credentials", thrown);
  }
}

/** What the SDK's own providers throw says more than that they failed. */
const isOfSdk = (thrown: unknown): boolean =>
  thrown instanceof Error && thrown.name.endsWith("ProviderError");
