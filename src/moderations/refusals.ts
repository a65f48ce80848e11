import { BedrockOpenAIError } from "../errors.ts";
import { reworded } from "../flow/reworded.ts";
import type { Moderator } from "./moderator.ts";

/** Source: AWS's guide to InvokeGuardrailChecks. */
const REGIONS = "us-east-1, us-east-2, us-west-2, eu-west-2, eu-north-1, ap-northeast-1 and ap-southeast-2";

/** What AWS refuses, in this endpoint's words instead of those of chat. */
export function inOwnWords(thrown: unknown, { name, guardrail }: Moderator): unknown {
  // Without a cause it is not AWS that refused.
  if (!BedrockOpenAIError.isInstance(thrown) || thrown.cause === undefined) return thrown;
  const { status, code, message } = thrown;
  if (code === "model_not_available") {
    const what = guardrail ? `use the guardrail '${name}'` : "run guardrail checks";
    const action = guardrail ? "bedrock:ApplyGuardrail on it" : "bedrock:InvokeGuardrailChecks";
    return reworded(thrown, { message: `This AWS identity may not ${what}. Allow ${action}.` });
  }
  if (guardrail && (status === 404 || (status === 400 && NO_GUARDRAIL.test(message))))
    return reworded(thrown, {
      status: 404,
      message: `The guardrail '${name}' does not exist in this account and Region.`,
      code: "guardrail_not_found",
      param: "guardrailConfig",
    });
  if (status === 404)
    return reworded(thrown, {
      status: 400,
      message:
        `Bedrock has no guardrail checks in this Region. They are in ${REGIONS}: put one before the model, as in ` +
        "'us-east-1/guardrail-checks', or name a guardrail in 'guardrailConfig'.",
      code: "moderation_unavailable",
      param: "model",
    });
  return code === "context_length_exceeded" ? reworded(thrown, { param: "input" }) : thrown;
}

const NO_GUARDRAIL = /guardrail identifier or version .*does not exist/i;
