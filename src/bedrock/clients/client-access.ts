import type { BedrockRuntimeClient, BedrockRuntimeClientConfig } from "@aws-sdk/client-bedrock-runtime";
import type { ResolvedOptions } from "../../options.ts";
import { keysFrom } from "../credentials/api-key.ts";
import { credentialsOf } from "../credentials/credentials.ts";
import { profileRegion } from "./profile-region.ts";
import { saidRegion } from "./said-region.ts";

/** Who calls AWS, and from where. */
export type Access = Pick<
  BedrockRuntimeClientConfig,
  "region" | "credentials" | "profile" | "token" | "authSchemePreference"
>;

export function access(options: ResolvedOptions): Access {
  const { profile, apiKey } = options;
  const credentials = credentialsOf(options);
  const where = saidRegion(options) ?? profileRegion(options);
  return {
    ...(where && { region: where }),
    ...(credentials && { credentials }),
    ...(profile && { profile }),
    ...(apiKey && { token: tokenOf(apiKey), authSchemePreference: ["httpBearerAuth"] }),
    // What was asked for by name must not lose to an API key that lies in the environment.
    ...(!apiKey && (credentials || profile || isKeyEmpty()) && { authSchemePreference: ["sigv4"] }),
  };
}

/** The SDK would send it; whoever starts containers leaves a variable empty that is not needed. */
const isKeyEmpty = (): boolean => process.env["AWS_BEARER_TOKEN_BEDROCK"]?.trim() === "";

const tokenOf = (apiKey: NonNullable<ResolvedOptions["apiKey"]>): NonNullable<Access["token"]> =>
  typeof apiKey === "string" ? { token: apiKey } : keysFrom(apiKey);

/** The same as another client has it, in a Region of its own where one is asked for. */
export const accessOf = ({ config }: BedrockRuntimeClient, asked: string | undefined): Access => ({
  region: asked ?? config.region,
  credentials: config.credentials,
  ...(config.token && { token: config.token }),
  authSchemePreference: config.authSchemePreference,
});

/** Nothing but an API key is at hand, which AWS does not take everywhere. */
export const isKeyOnly = async ({ authSchemePreference }: Access): Promise<boolean> => {
  const schemes =
    typeof authSchemePreference === "function" ? await authSchemePreference() : authSchemePreference;
  return schemes?.[0] === "httpBearerAuth";
};
