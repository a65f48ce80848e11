import type { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";
import type { HttpRequest, HttpResponse } from "../codec.ts";

type HttpAuthScheme = BedrockRuntimeClient["config"]["httpAuthSchemes"][number];
type Config = Pick<BedrockRuntimeClient["config"], "httpAuthSchemes" | "credentials" | "token">;

/** Credentials, or an API key, with what the SDK notes of where it has them from. */
export type Identity = Awaited<ReturnType<NonNullable<ReturnType<HttpAuthScheme["identityProvider"]>>>> & {
  $source?: Readonly<Record<string, string>>;
  accountId?: string;
};

/** The way that the SDK has chosen for requests to prove themselves. */
export interface Scheme {
  httpAuthOption: {
    schemeId: string;
    identityProperties?: Record<string, unknown>;
    signingProperties?: Record<string, unknown>;
  };
  identity: Identity;
  signer: Signer;
}

/** As far as the SDK's signers are made use of. */
export interface Signer {
  /** @param noted Told of the call; the SDK's write there when they signed, and by which clock. */
  sign(request: HttpRequest, identity: Identity, noted: Record<string, unknown>): Promise<HttpRequest>;
  successHandler?(response: HttpResponse, noted: Record<string, unknown>): void;
}

const PROVIDERS: Readonly<Record<string, (config: Config) => unknown>> = {
  "aws.auth#sigv4": ({ credentials }) => credentials,
  "smithy.api#httpBearerAuth": ({ token }) => token,
};

/** Whoever a call is made as now. @throws What the provider throws. */
export async function askIdentity(
  config: Config,
  { httpAuthOption }: Pick<Scheme, "httpAuthOption">,
): Promise<Identity> {
  const { schemeId, identityProperties } = httpAuthOption;
  const scheme = config.httpAuthSchemes.find((each) => each.schemeId === schemeId)!;
  const ask = scheme.identityProvider({
    getIdentityProvider: (id) => PROVIDERS[id]?.(config) as ReturnType<HttpAuthScheme["identityProvider"]>,
  });
  return ask!(identityProperties);
}

/** Whether the SDK's user agent says the same of both. */
export const isToldAs = (one: Identity, other: Identity): boolean =>
  one === other ||
  (Boolean(one.accountId) === Boolean(other.accountId) &&
    JSON.stringify(one.$source) === JSON.stringify(other.$source));
