import type { CallContext } from "../../../context.ts";
import { answerResponse } from "../answer.ts";
import type { AskedResponse } from "../asked.ts";
import type { ResponseHead } from "../medium.ts";

/** What is known of an answer before it is asked for. */
export interface Rehearsed {
  /** The Bedrock id that will be asked first. */
  model: string;
  /** In which the request is then sent: what was noted for the caller, and downloaded for the model, is not done again. */
  acting: CallContext;
}

/**
 * Takes a request as far as it goes without sending it: whatever is wrong with it is told to a caller who still waits.
 * @throws BedrockOpenAIError
 */
export async function rehearse(
  context: CallContext,
  asked: AskedResponse,
  head: ResponseHead,
): Promise<Rehearsed> {
  let fetched: ReturnType<CallContext["fetchMedia"]> | undefined;
  const fetchMedia: CallContext["fetchMedia"] = (...files) => (fetched ??= context.fetchMedia(...files));
  const answer = await answerResponse({ ...context, fetchMedia, explain: true }, asked, {
    ...head,
    stream: true,
  });
  return {
    model: "explanation" in answer ? answer.explanation.target.model : asked.request.model,
    acting: actingFor({ ...context, fetchMedia }),
  };
}

/** What is noted while it is sent comes too late for the caller, and is told to whoever watches. */
function actingFor(context: CallContext): CallContext {
  const { adjustments, headers, observe } = context;
  const acting: CallContext = {
    ...context,
    // They know already what is asked of which model.
    observe: { ...observe, asked: () => undefined },
    adjustments: [],
    headers: {},
    release() {
      Object.assign(headers, acting.headers);
      adjustments.splice(0, adjustments.length, ...acting.adjustments);
      context.release();
    },
  };
  return acting;
}
