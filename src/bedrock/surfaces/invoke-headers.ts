import type { Conversation } from "../../conversation/types.ts";
import { invalidRequest } from "../../errors.ts";

/**
 * What Converse has members for and InvokeModel takes in headers. Source: the `bedrock-runtime` service model.
 * @throws BedrockOpenAIError 400 for a guardrail whose name no header can hold.
 */
export function invokeHeaders({
  guardrailConfig: guardrail,
  performanceConfig,
  serviceTier,
  requestMetadata,
}: Pick<Conversation, "guardrailConfig" | "performanceConfig" | "serviceTier" | "requestMetadata">): Record<
  string,
  string
> {
  return headers({
    "x-amzn-bedrock-guardrailidentifier": printable("guardrailIdentifier", guardrail),
    "x-amzn-bedrock-guardrailversion": printable("guardrailVersion", guardrail),
    "x-amzn-bedrock-trace": String(guardrail?.["trace"] ?? "").toUpperCase(),
    "x-amzn-bedrock-performanceconfig-latency": performanceConfig?.["latency"],
    "x-amzn-bedrock-service-tier": serviceTier?.type,
    "x-amzn-bedrock-request-metadata": requestMetadata && asciiJson(requestMetadata),
  });
}

function printable(member: string, guardrail: Conversation["guardrailConfig"]): unknown {
  const value = guardrail?.[member];
  if (typeof value !== "string" || /^[\x20-\x7e]*$/.test(value)) return value;
  const param = `guardrailConfig.${member}`;
  throw invalidRequest(`Invalid '${param}': a guardrail is named in plain ASCII.`, {
    code: "invalid_value",
    param,
  });
}

/** A header takes nothing else. */
const asciiJson = (value: unknown): string =>
  JSON.stringify(value).replaceAll(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

const headers = (given: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(given)
      .filter(([, value]) => value !== undefined && value !== "")
      .map(([name, value]) => [name, String(value)]),
  );
