import type { Adjustment } from "../adjustments.ts";
import { invalidRequest } from "../errors.ts";

/**
 * For `unsupported: 'reject'`.
 * @param isExempt Whether what is done in a place is not the caller's to choose. Default: nowhere.
 * @throws BedrockOpenAIError 400 for the first parameter that would be dropped or changed.
 */
export function refuseLossy(
  adjustments: readonly Adjustment[],
  isExempt: (param: string) => boolean = () => false,
): void {
  const lossy = adjustments.find(
    ({ action, param }) => (action === "dropped" || action === "clamped") && !isExempt(param),
  );
  if (!lossy) return;
  throw invalidRequest(
    `Unsupported parameter: '${lossy.param}' is not supported with this model. ${lossy.reason}`,
    { code: "unsupported_parameter", param: lossy.param },
  );
}
