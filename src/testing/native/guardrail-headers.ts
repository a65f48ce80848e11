import type { JsonObject } from "../../conversation/types.ts";
import { NativeError } from "./native-error.ts";
import type { Host } from "./resolve.ts";

/** The guardrail that a chat call names in its headers; mantle takes the headers and does nothing. */
export function guardrailOf(headers: Record<string, string>, host: Host): { guardrailConfig?: JsonObject } {
  const {
    "x-amzn-bedrock-guardrailidentifier": guardrailIdentifier,
    "x-amzn-bedrock-guardrailversion": guardrailVersion,
    "x-amzn-bedrock-trace": trace,
  } = headers;
  if (host === "mantle" || (guardrailIdentifier ?? guardrailVersion) === undefined) return {};
  if (!guardrailIdentifier || !guardrailVersion) {
    throw new NativeError("The guardrail identifier and the guardrail version must be given together.");
  }
  return {
    guardrailConfig: {
      guardrailIdentifier,
      guardrailVersion,
      ...(trace !== undefined && { trace: trace.toLowerCase() }),
    },
  };
}
