import type { Scheme } from "../../courier/thin/identity.ts";
import type { Borrowed } from "../../courier/thin/lender.ts";
import type { Access } from "../client-access.ts";
import { keepSigner } from "../keep-signer.ts";
import { Sha256 } from "../sha256.ts";
import type { SdkParts } from "./sdk-parts.ts";

/** What is said of a client. */
export interface Given extends Pick<Access, "credentials" | "token"> {
  region: string;
  requestHandler: Borrowed["requestHandler"];
  maxAttempts: number;
}

export type LeanConfig = ReturnType<typeof createConfig>;

/** By what names AWS and the SDK know the service. */
const SERVICE = { serviceId: "Bedrock Runtime", defaultSigningName: "bedrock" } as const;

const SIGV4 = "aws.auth#sigv4";
const BEARER = "smithy.api#httpBearerAuth";

interface Identities {
  getIdentityProvider(schemeId: string): unknown;
}

const never = async (): Promise<boolean> => false;

/** A configuration as the SDK's client makes it of the same words, by the SDK's own functions, without what no call asks for. */
export function createConfig(parts: SdkParts, { region, token, credentials, ...given }: Given) {
  const { version, client, auth, core, retry, chain, tokens } = parts;
  const ofEnvironment = (): unknown =>
    tokens().fromEnvSigningName({ signingName: SERVICE.defaultSigningName });
  const words = {
    ...SERVICE,
    ...given,
    region: async () => region,
    ...(credentials && { credentials }),
    credentialDefaultProvider: (input: Parameters<ReturnType<typeof chain>["defaultProvider"]>[0]) =>
      chain().defaultProvider(input),
    token: core.memoizeIdentityProvider(token, core.isIdentityExpired, core.doesIdentityRequireRefresh),
    retryMode: "standard",
    runtime: "node",
    sha256: Sha256,
    useFipsEndpoint: never,
    useDualstackEndpoint: never,
    defaultUserAgentProvider: client.createDefaultUserAgentProvider({
      serviceId: SERVICE.serviceId,
      clientVersion: version,
    }),
    httpAuthSchemes: [
      {
        schemeId: SIGV4,
        identityProvider: (known: Identities) => known.getIdentityProvider(SIGV4),
        signer: new auth.AwsSdkSigV4Signer(),
      },
      {
        schemeId: BEARER,
        identityProvider: (known: Identities) => known.getIdentityProvider(BEARER) ?? ofEnvironment(),
        signer: new core.HttpBearerAuthSigner(),
      },
    ],
  };
  const config = auth.resolveAwsSdkSigV4Config(
    retry.resolveRetryConfig(client.resolveUserAgentConfig(words)),
  );
  keepSigner({ config });
  return config as Omit<typeof config, keyof Borrowed> & Borrowed;
}

/** How requests prove themselves: by an API key, or by a signature. */
export async function authOption(config: LeanConfig, isByKey: boolean): Promise<Scheme["httpAuthOption"]> {
  if (isByKey) return { schemeId: BEARER };
  const { defaultSigningName: name, region } = config;
  return { schemeId: SIGV4, signingProperties: { name, region: await region(), config, context: {} } };
}
