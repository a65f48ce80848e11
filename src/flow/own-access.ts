import type { ModelEntry } from "../bedrock/models/aliases.ts";
import type { CallContext } from "../context.ts";
import { mergedHeaders } from "../http/merged-headers.ts";

/** What says by whom and where a call is made. */
const ACCESS = ["credentials", "profile", "apiKey", "webIdentityToken", "role", "endpoint", "url"] as const;

/**
 * What is said for this call alone: by the operator of its caller, and by the request where it may. What the operator says comes
 * first, and as whom he sends a caller, the caller does not choose.
 */
export function ownAccess({
  lent,
  caller: { target },
  adjustments,
}: Pick<CallContext, "lent" | "caller" | "adjustments">): ModelEntry | undefined {
  if (!lent || !target) return target ?? lent;
  const headers = mergedHeaders(lent.headers, target.headers);
  const isSent = ACCESS.some((member) => target[member] !== undefined);
  if (isSent && ACCESS.some((member) => lent[member] !== undefined))
    adjustments.push({
      param: "aws_*",
      action: "dropped",
      reason: "As whom this caller's requests go to AWS, the server says.",
    });
  return {
    ...(isSent ? {} : lent),
    ...target,
    ...(Object.keys(headers).length > 0 && { headers }),
  };
}
