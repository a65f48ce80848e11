import type { BedrockRuntimeClientConfig } from "@aws-sdk/client-bedrock-runtime";
import type { Borrowed } from "../../courier/thin/lender.ts";
import { keepSigner } from "../keep-signer.ts";
import { Sha256 } from "../sha256.ts";
import type { SdkParts } from "./sdk-parts.ts";

/** What the options say of a client. */
export interface Given extends Pick<BedrockRuntimeClientConfig, "credentials"> {
  region: string;
  requestHandler: Borrowed["requestHandler"];
  maxAttempts: number;
}

export type LeanConfig = ReturnType<typeof createConfig>;

/** By what names AWS and the SDK know the service. */
const SERVICE = { serviceId: "Bedrock Runtime", defaultSigningName: "bedrock" } as const;

const never = async (): Promise<boolean> => false;

/** A configuration as the SDK's client would make it of the same words, by the SDK's own functions, of which those are left out that nothing asks. */
export function createConfig({ version, client, auth, retry, chain }: SdkParts, given: Given) {
  const { region, credentials, requestHandler, maxAttempts } = given;
  const words = {
    ...SERVICE,
    region: async () => region,
    requestHandler,
    maxAttempts,
    ...(credentials && { credentials }),
    credentialDefaultProvider: (input: Parameters<ReturnType<typeof chain>["defaultProvider"]>[0]) =>
      chain().defaultProvider(input),
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
        identityProvider: (known: { getIdentityProvider(id: string): unknown }) =>
          known.getIdentityProvider(SIGV4),
        signer: new auth.AwsSdkSigV4Signer(),
      },
    ],
  };
  const config = auth.resolveAwsSdkSigV4Config(
    retry.resolveRetryConfig(client.resolveUserAgentConfig(words)),
  );
  keepSigner({ config });
  return config as Omit<typeof config, keyof Borrowed> & Borrowed;
}

export const SIGV4 = "aws.auth#sigv4";
