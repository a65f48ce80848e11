import type { NativeLetter } from "../../../bedrock/surfaces/forward.ts";
import type { Target } from "../../../bedrock/models/target.ts";
import type { CallContext } from "../../../context.ts";
import type { JsonObject } from "../../../conversation/types.ts";
import type { Attachments } from "../../../http/attachments.ts";
import { jsonResponse } from "../../../http/json.ts";
import { eventStreamResponse } from "../../../http/sse.ts";
import { placeOf } from "../../ask.ts";
import { FIRST_EVENT_GRACE_MS, peek } from "../../../flow/peek.ts";
import { refuseLossy } from "../../../reception/refuse-lossy.ts";
import { withoutStrangers } from "../request/unmapped.ts";
import { editAnswer } from "./answer.ts";
import { createChunkEditor } from "./chunks.ts";
import { edit } from "./edit.ts";
import type { Origin } from "./envelope.ts";
import { toFrames } from "./frames.ts";
import { takes } from "./takes.ts";

/**
 * The answer of AWS's own chat endpoint to a request that it can take as it came; undefined where the request has to be
 * translated, also when AWS refused a parameter only now.
 */
export async function passThrough(
  context: CallContext,
  target: Target,
  given: JsonObject,
  attachments: Attachments,
): Promise<Response | undefined> {
  const { bedrock, options } = context;
  const { body: asked, adjustments: strangers } = withoutStrangers(given);
  if (!takes(asked, target, bedrock.refusedBy(target))) return undefined;
  const { body, adjustments: edits } = edit(asked, target);
  const adjustments = [...strangers, ...edits];
  if (options.unsupported === "reject") refuseLossy(adjustments);
  const letter: NativeLetter = { target, api: "chat", body, attachments };
  const tell = (): void => void context.adjustments.push(...adjustments);
  if (context.explain) {
    tell();
    return jsonResponse({
      target: placeOf(target),
      request: bedrock.explainNative(letter),
      adjustments,
    });
  }
  try {
    const response = await (body["stream"] === true ? streamed : whole)(context, letter);
    tell();
    return response;
  } catch (thrown) {
    if (bedrock.refuses(target, asked, thrown)) return undefined;
    throw thrown;
  }
}

async function whole(context: CallContext, letter: NativeLetter): Promise<Response> {
  const { requestId, value } = await context.bedrock.forward(letter, context.signal);
  keepRequestId(context, requestId);
  return jsonResponse(editAnswer(value, originOf(context, letter)));
}

async function streamed(context: CallContext, letter: NativeLetter): Promise<Response> {
  const { requestId, value } = await context.bedrock.forwardStream(letter, context.signal);
  keepRequestId(context, requestId);
  const arrivals = await peek(value[Symbol.asyncIterator](), FIRST_EVENT_GRACE_MS);
  const editor = createChunkEditor(originOf(context, letter), "stream_options" in letter.body);
  return eventStreamResponse(toFrames(arrivals, editor, context, letter.target.modelId), context.abort);
}

const originOf = ({ now, newId }: CallContext, { target }: NativeLetter): Origin => ({
  model: target.modelId,
  family: target.family,
  now,
  newId,
});

function keepRequestId({ headers }: CallContext, requestId: string | undefined): void {
  if (requestId) headers["x-amzn-requestid"] = requestId;
}
