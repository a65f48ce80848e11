import type { Role } from "../clients/identity.ts";
import { rereadSharedFiles } from "../clients/shared-files.ts";
import { checkSwitches } from "../clients/said-switches.ts";
import { named } from "../named.ts";
import { once } from "../once.ts";
import type {
  CallerConfig,
  Credentials,
  KeyPair,
  Provider,
  ProviderProperties,
  StsConfig,
  StsHost,
} from "./provider.ts";
import { refusedRole } from "./refused-role.ts";

/** What CloudTrail names a session that nobody names. */
export const SESSION_NAME = "bedrock-openai";

/** Heavy, and needed only by those who take on roles. */
export const loadProviders = once(async () => named(await import("@aws-sdk/credential-providers")));

/** AWS STS is called in the Region of the calls to Bedrock and through the same proxy, on its own kind of host. */
export function stsConfig(
  { region, requestHandler }: CallerConfig = {},
  { fips, dualStack }: StsHost,
): StsConfig {
  checkSwitches({ fips, dualStack });
  return {
    ...(region && { region }),
    ...(requestHandler && { requestHandler }),
    // What is not said the SDK reads from the environment and the profile.
    ...(fips !== undefined && { useFipsEndpoint: fips }),
    ...(dualStack !== undefined && { useDualstackEndpoint: dualStack }),
  };
}

/** The credentials of a role that is taken on by others, with AssumeRole. @throws BedrockOpenAIError where AWS STS refuses. */
export function takeRole(role: Role, base: Credentials, host: StsHost): Provider {
  const { arn, sessionName = SESSION_NAME, externalId, tags = {}, durationSeconds } = role;
  const params = {
    RoleArn: arn,
    RoleSessionName: sessionName,
    ...(externalId !== undefined && { ExternalId: externalId }),
    ...(durationSeconds !== undefined && { DurationSeconds: durationSeconds }),
    ...(Object.keys(tags).length > 0 && {
      Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    }),
  };
  let take: Promise<Provider> | undefined;
  let hasFailed = false;
  const provider = async (caller: CallerConfig | undefined): Promise<Provider> => {
    // Whoever takes it on may have other keys in a file by now.
    if (hasFailed) await rereadSharedFiles();
    const { fromTemporaryCredentials } = await loadProviders();
    return fromTemporaryCredentials({
      params,
      masterCredentials: base,
      clientConfig: stsConfig(caller, host),
    }) as Provider;
  };
  return async (properties) => {
    take ??= provider(properties?.callerClientConfig);
    try {
      return await asRole(arn, properties, await take);
    } catch (thrown) {
      take = undefined;
      hasFailed = true;
      throw thrown;
    }
  };
}

/** Asks for a role's credentials. */
export async function asRole(
  arn: string,
  properties: ProviderProperties | undefined,
  ask: Provider,
): Promise<KeyPair> {
  try {
    return await ask(properties);
  } catch (thrown) {
    throw refusedRole(arn, thrown);
  }
}
