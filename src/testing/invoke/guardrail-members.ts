import type { JsonObject } from "../../conversation/types.ts";
import { isObject } from "../rules/request.ts";
import type { Written } from "./written.ts";

/** What a guardrail adds to a native answer; nothing where none was asked for. */
export function guardrailMembers({ request, response: { stopReason, trace } }: Written): JsonObject {
  if (!request.guardrailConfig) return {};
  const guardrail = trace?.["guardrail"];
  return {
    "amazon-bedrock-guardrailAction": stopReason === "guardrail_intervened" ? "INTERVENED" : "NONE",
    ...(isObject(guardrail) && { "amazon-bedrock-trace": { guardrail: nativeTrace(guardrail) } }),
  };
}

function nativeTrace({ inputAssessment, ...rest }: JsonObject): JsonObject {
  return { ...(inputAssessment !== undefined && { input: inputAssessment }), ...rest };
}
