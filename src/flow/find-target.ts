import type { AskedModel } from "../bedrock/models/resolve.ts";
import type { Awaitable } from "../awaitable.ts";
import type { Target } from "../bedrock/models/target.ts";
import type { CallContext } from "../context.ts";

/**
 * Where a caller's model is. Where nothing is sent, AWS does not say that it has no such model: it is refused here.
 * @throws BedrockOpenAIError 404.
 */
export const findTarget = (
  asked: AskedModel,
  { bedrock, explain, signal }: Pick<CallContext, "bedrock" | "explain" | "signal">,
): Awaitable<Target> => (explain ? bedrock.identify : bedrock.resolve)(asked, signal);
