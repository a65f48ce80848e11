import { addAfter, type MiddlewareStack } from "./middleware-stack.ts";
import type { Attempt } from "./thin/attempt.ts";
import type { Scheme } from "./thin/identity.ts";

interface Args {
  request: { headers: Record<string, string> };
}

interface Context {
  __smithy_context: { selectedHttpAuthScheme: Scheme };
}

type Next = (args: Args) => unknown;

/**
 * Gives the SDK the answer that an attempt has had already, as that to its own first try: what an answer means, and whether AWS is
 * asked again and when, it then says as ever.
 */
export function replay(
  stack: MiddlewareStack,
  { invocationId, identity, signingProperties, answer }: Attempt,
): void {
  let isFirst = true;
  const sameCall = (next: Next, context: Context) => (args: Args) => {
    args.request.headers["amz-sdk-invocation-id"] = invocationId;
    // Another call may have renewed it since: then AWS has not refused the new one.
    if (isFirst) context.__smithy_context.selectedHttpAuthScheme.identity = identity;
    return next(args);
  };
  const answerFirst = (next: Next, context: Context) => (args: Args) => {
    if (!isFirst) return next(args);
    isFirst = false;
    // Another call may have set the clock right since: what AWS has refused was signed by the old one.
    const { httpAuthOption } = context.__smithy_context.selectedHttpAuthScheme;
    Object.assign(httpAuthOption.signingProperties ?? {}, notesIn(signingProperties));
    return answer;
  };
  addAfter(stack, "retryMiddleware", "bedrockOpenAISameCall", sameCall);
  addAfter(stack, "bedrockOpenAITakeBody", "bedrockOpenAIAnswerFirst", answerFirst);
}

/** What the SDK's signers write beside what they are given. */
const notesIn = (signingProperties: Attempt["signingProperties"]): object =>
  Object.fromEntries(Object.entries(signingProperties).filter(([name]) => name.startsWith("_")));
