import type { BedrockOpenAIOptions } from "../../src/index.ts";
import { CommandFailure, EXIT, type Io } from "./terminal.ts";

/** LiteLLM's names, which nobody sets for anything else. AWS's own are the SDK's to read. */
const OPTIONS: Readonly<Record<string, (value: string) => BedrockOpenAIOptions>> = {
  AWS_REGION_NAME: (region) => ({ region }),
  AWS_PROFILE_NAME: (profile) => ({ profile }),
  AWS_BEDROCK_RUNTIME_ENDPOINT: (runtime) => ({ endpoint: { runtime } }),
};

/** Left alone, these would have every call go out as somebody else than it did with LiteLLM. */
const ROLES: Readonly<Record<string, string>> = {
  AWS_ROLE_NAME:
    "put `role_arn` into a profile of the AWS configuration, or set AWS_ROLE_ARN with AWS_WEB_IDENTITY_TOKEN_FILE",
  AWS_WEB_IDENTITY_TOKEN: "set AWS_WEB_IDENTITY_TOKEN_FILE and AWS_ROLE_ARN",
};

/** What the environment of a LiteLLM proxy says of AWS. */
export function optionsIn(environment: Io["environment"]): BedrockOpenAIOptions {
  const said = Object.entries(OPTIONS).map(([name, option]) => {
    const value = environment[name];
    return value ? option(value) : {};
  });
  return Object.assign({}, ...said) as BedrockOpenAIOptions;
}

/** @throws CommandFailure (usage) for a role, which only AWS's own words can name. */
export function refuseRoles(environment: Io["environment"]): void {
  const role = Object.keys(ROLES).find((name) => environment[name]);
  if (role)
    throw new CommandFailure(
      `The variable ${role} is not read here: ${ROLES[role]}, and unset it.`,
      EXIT.usage,
    );
}
