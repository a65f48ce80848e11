import type { BedrockOpenAIOptions } from "../../src/index.ts";
import { roleIn } from "./config/litellm/identity.ts";
import { webIdentityIn } from "./config/litellm/web-identity.ts";
import { CommandFailure, EXIT, type Io } from "./terminal.ts";

type Environment = Io["environment"];

/** LiteLLM's names, which nobody sets for anything else. AWS's own are the SDK's to read. */
const OPTIONS: Readonly<Record<string, (value: string, environment: Environment) => BedrockOpenAIOptions>> = {
  AWS_REGION_NAME: (region) => ({ region }),
  AWS_PROFILE_NAME: (profile) => ({ profile }),
  AWS_BEDROCK_RUNTIME_ENDPOINT: (runtime) => ({ endpoint: { runtime } }),
  AWS_ROLE_NAME: (arn, environment) => roleNamed(arn, environment),
};

/**
 * What the environment of a LiteLLM proxy says of AWS.
 * @throws CommandFailure (usage) for a web identity that would be somebody else than it was with LiteLLM.
 */
export function optionsIn(environment: Environment): BedrockOpenAIOptions {
  const said = Object.entries(OPTIONS).map(([name, option]) => {
    const value = environment[name];
    return value ? option(value, environment) : {};
  });
  if (environment["AWS_WEB_IDENTITY_TOKEN"] && !environment["AWS_ROLE_NAME"])
    throw unread("needs the role that it is for, in AWS_ROLE_NAME");
  return Object.assign({}, ...said) as BedrockOpenAIOptions;
}

function roleNamed(arn: string, environment: Environment): BedrockOpenAIOptions {
  const {
    AWS_SESSION_NAME: sessionName,
    AWS_EXTERNAL_ID: externalId,
    AWS_WEB_IDENTITY_TOKEN: token,
  } = environment;
  const role = roleIn({
    aws_role_name: arn,
    ...(sessionName && { aws_session_name: sessionName }),
    // A web identity carries none.
    ...(externalId && !token && { aws_external_id: externalId }),
  });
  if (!token) return role as BedrockOpenAIOptions;
  const webIdentityToken = webIdentityIn(token);
  if (!webIdentityToken) throw unread("names a provider that is not asked here: put the token into a file");
  return { ...role, webIdentityToken } as BedrockOpenAIOptions;
}

/** The same for those who call nobody that would ask. */
export const withoutRoles = (environment: Environment): Environment => ({
  ...environment,
  AWS_ROLE_NAME: undefined,
  AWS_WEB_IDENTITY_TOKEN: undefined,
});

const unread = (why: string): CommandFailure =>
  new CommandFailure(`The variable AWS_WEB_IDENTITY_TOKEN ${why}.`, EXIT.usage);
