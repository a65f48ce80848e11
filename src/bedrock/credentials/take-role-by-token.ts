import type { Role, WebIdentityToken } from "../clients/identity.ts";
import type { Provider, StsHost } from "./provider.ts";
import { asRole, loadProviders, SESSION_NAME, stsConfig } from "./take-role.ts";
import { readWebIdentityToken } from "./web-identity.ts";

/**
 * The credentials of a role that is taken on by an OpenID Connect token, with AssumeRoleWithWebIdentity, which asks for no AWS
 * credentials. @throws BedrockOpenAIError where there is no token, or AWS STS refuses.
 */
export const takeRoleByToken =
  (
    { arn, sessionName = SESSION_NAME, durationSeconds }: Role,
    token: WebIdentityToken,
    host: StsHost,
  ): Provider =>
  async (properties) => {
    const [{ fromWebToken }, webIdentityToken] = await Promise.all([
      loadProviders(),
      readWebIdentityToken(token),
    ]);
    const provider = fromWebToken({
      roleArn: arn,
      roleSessionName: sessionName,
      webIdentityToken,
      ...(durationSeconds !== undefined && { durationSeconds }),
      clientConfig: stsConfig(properties?.callerClientConfig, host),
    });
    return asRole(arn, properties, provider as Provider);
  };
