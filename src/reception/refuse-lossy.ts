import type { Adjustment } from "../adjustments.ts";
import { invalidRequest } from "../errors.ts";

/** What each wire calls what was said so far. */
const HISTORY = /^(messages|input|previous_response_id|conversation)\b/;

/**
 * For `unsupported: 'reject'`. Only parameters: how messages are told to a model is not the caller's to choose.
 * @throws BedrockOpenAIError 400 for the first parameter that would be dropped or changed.
 */
export function refuseLossy(adjustments: readonly Adjustment[]): void {
  const lossy = adjustments.find(
    ({ action, param }) => (action === "dropped" || action === "clamped") && !HISTORY.test(param),
  );
  if (!lossy) return;
  throw invalidRequest(
    `Unsupported parameter: '${lossy.param}' is not supported with this model. ${lossy.reason}`,
    { code: "unsupported_parameter", param: lossy.param },
  );
}
