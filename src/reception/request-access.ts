import type { CallContext } from "../context.ts";
import { isObject } from "../conversation/json-schema/is-object.ts";
import type { JsonObject } from "../conversation/types.ts";
import { type BedrockOpenAIError, invalidRequest } from "../errors.ts";
import { accessParameters, accessRequest } from "../openai/access-parameters.ts";
import { toComplaint } from "../openai/validation.ts";

/** What would be done with what lies on this server. */
const NEVER: Readonly<Record<string, string>> = {
  aws_profile_name: "profiles are the server's own",
  aws_sts_endpoint: "AWS STS is called where AWS has it",
};

/**
 * A request without what it says of who calls AWS for it, which is kept for the call. Where the operator does not let requests say
 * so, it stays where it is, to be left out like all that is not meant for models.
 * @throws BedrockOpenAIError 400 for access that makes no sense, or that would use what is the server's.
 */
export function withoutAccess(
  body: unknown,
  context: Pick<CallContext, "options" | "bedrock" | "lent">,
): unknown {
  if (!context.options.allowRequestCredentials || !isObject(body)) return body;
  const never = Object.keys(NEVER).find((name) => body[name] != null);
  if (never !== undefined) throw refused(never, NEVER[never]!);
  const said = Object.entries(body).filter(([name]) => Object.hasOwn(accessParameters, name));
  if (said.length === 0) return body;
  const { data, error } = accessRequest.safeParse(Object.fromEntries(said));
  if (!data) throw invalid(error, body);
  if (context.options.client)
    throw refused(said[0]![0], "this server calls AWS by a client of its own, and by nobody else's access");
  context.lent = context.bedrock.lent(data);
  const names = new Set(said.map(([name]) => name));
  return Object.fromEntries(Object.entries(body).filter(([name]) => !names.has(name)));
}

/** Without the value, which may be a secret. */
function invalid(error: Parameters<typeof toComplaint>[0], body: JsonObject): BedrockOpenAIError {
  const { code, param } = toComplaint(error, body);
  return invalidRequest(`Invalid '${param}': it is not what this parameter takes.`, { code, param });
}

const refused = (param: string, why: string): BedrockOpenAIError =>
  invalidRequest(`Invalid '${param}': ${why}.`, { code: "invalid_value", param });
