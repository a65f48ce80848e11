import type { Borrowed } from "../../courier/thin/lender.ts";
import type { Access } from "../client-access.ts";
import { Sha256 } from "../sha256.ts";
import type { SdkParts } from "./sdk-parts.ts";

/** What is said of a client. */
export interface Given {
  credentials: Access["credentials"];
  region: string;
  requestHandler: Borrowed["requestHandler"];
  maxAttempts: number;
}

const never = async (): Promise<boolean> => false;

/**
 * Credentials that somebody has to be asked for, a function of the user's or the SDK's whole chain, as the SDK's client asks for them: the same
 * functions, told the same of who calls.
 */
export function soughtCredentials(
  { auth, retry, chain }: SdkParts,
  { region, credentials, ...given }: Given,
): Borrowed["credentials"] {
  const words = {
    serviceId: "Bedrock Runtime",
    defaultSigningName: "bedrock",
    ...given,
    ...(credentials && { credentials }),
    region: async () => region,
    credentialDefaultProvider: (input: Parameters<ReturnType<typeof chain>["defaultProvider"]>[0]) =>
      chain().defaultProvider(input),
    retryMode: "standard",
    runtime: "node",
    sha256: Sha256,
    useFipsEndpoint: never,
    useDualstackEndpoint: never,
    userAgentAppId: async () => undefined,
  };
  const config = auth.resolveAwsSdkSigV4Config(retry.resolveRetryConfig(words));
  return config.credentials as Borrowed["credentials"];
}
