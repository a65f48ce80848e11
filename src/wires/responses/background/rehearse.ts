import type { Contender, LineUp, Outcome } from "../../../bedrock/line-up.ts";
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
  const once = doneOnce(context);
  const answer = await answerResponse(rehearsing(once), asked, { ...head, stream: true });
  context.record.failedOver = 0;
  return {
    model: "explanation" in answer ? answer.explanation.target.model : asked.request.model,
    acting: actingFor(once),
  };
}

/** Files are downloaded once, and whose turn it is of several targets is asked once. */
function doneOnce(context: CallContext): CallContext {
  const { bedrock, fetchMedia } = context;
  let fetched: ReturnType<typeof fetchMedia> | undefined;
  let contenders: readonly Contender[] | undefined;
  const lineUp: LineUp = {
    of: (...asked) => (contenders ??= bedrock.lineUp.of(...asked)),
    start: bedrock.lineUp.start,
  };
  return {
    ...context,
    bedrock: { ...bedrock, lineUp },
    fetchMedia: (...files) => (fetched ??= fetchMedia(...files)),
  };
}

/** Where nothing is sent, nothing is learnt of the targets. */
const rehearsing = (context: CallContext): CallContext => ({
  ...context,
  explain: true,
  bedrock: { ...context.bedrock, lineUp: { ...context.bedrock.lineUp, start: () => NOTHING } },
});

const NOTHING: Outcome = {
  begun: () => undefined,
  answered: () => undefined,
  failed: () => undefined,
  left: () => undefined,
};

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
