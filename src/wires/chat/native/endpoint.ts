import type { NativeLetter } from "../../../bedrock/surfaces/forward.ts";
import type { Target } from "../../../bedrock/models/target.ts";
import type { CallContext } from "../../../context.ts";
import type { JsonObject } from "../../../conversation/types.ts";
import { BedrockOpenAIError } from "../../../errors.ts";
import type { Attachments } from "../../../http/attachments.ts";
import { jsonResponse } from "../../../http/json.ts";
import { eventStreamResponse } from "../../../http/sse.ts";
import { failureFrame } from "../../frames.ts";
import { FIRST_EVENT_GRACE_MS, peek } from "../../peek.ts";
import { refuseLossy } from "../../refuse-lossy.ts";
import { type ChunkEditor, createChunkEditor, editAnswer } from "./answer.ts";
import { edit } from "./edit.ts";
import { takes } from "./takes.ts";

/**
 * The answer of AWS's own chat endpoint to a request that it can take as it came; undefined where the request has to be
 * translated, also when AWS refused a parameter only now.
 */
export async function passThrough(
  context: CallContext,
  target: Target,
  asked: JsonObject,
  attachments: Attachments,
): Promise<Response | undefined> {
  const { bedrock, options, signal } = context;
  if (!takes(asked, target, bedrock.refusedBy(target))) return undefined;
  const { body, adjustments } = edit(asked, target);
  if (options.unsupported === "reject") refuseLossy(adjustments);
  const letter: NativeLetter = { target, api: "chat", body, attachments };
  const tell = (): void => void context.adjustments.push(...adjustments);
  if (context.explain) {
    tell();
    return jsonResponse({
      target: { model: target.modelId, surface: target.surface },
      request: bedrock.explainNative(letter),
      adjustments,
    });
  }
  try {
    const response = await (body["stream"] === true ? streamed : whole)(context, letter, signal);
    tell();
    return response;
  } catch (thrown) {
    if (bedrock.refuses(target, asked, thrown)) return undefined;
    throw thrown;
  }
}

async function whole(context: CallContext, letter: NativeLetter, signal: AbortSignal): Promise<Response> {
  const { requestId, value } = await context.bedrock.forward(letter, signal);
  keepRequestId(context, requestId);
  const { modelId, family } = letter.target;
  return jsonResponse(editAnswer(value, { model: modelId, family, newId: context.newId }));
}

async function streamed(context: CallContext, letter: NativeLetter, signal: AbortSignal): Promise<Response> {
  const { requestId, value } = await context.bedrock.forwardStream(letter, signal);
  keepRequestId(context, requestId);
  const chunks = await peek(value[Symbol.asyncIterator](), FIRST_EVENT_GRACE_MS);
  return eventStreamResponse(
    toFrames(chunks, createChunkEditor(letter.target.family), context, letter.target.modelId),
    context.abort,
  );
}

function keepRequestId({ headers }: CallContext, requestId: string | undefined): void {
  if (requestId) headers["x-amzn-requestid"] = requestId;
}

/** AWS's chunks, and a failure as the last frame: never `[DONE]` after an answer that broke off. */
async function* toFrames(
  arrivals: AsyncIterator<string[], unknown, undefined>,
  editor: ChunkEditor,
  context: CallContext,
  model: string,
): AsyncGenerator<string, void, undefined> {
  try {
    for (let next = await arrivals.next(); !next.done; next = await arrivals.next()) {
      let frames = "";
      for (const text of next.value) {
        const chunk = text === "[DONE]" ? undefined : editor.push(text);
        if (chunk !== undefined) frames += `data: ${chunk}\n\n`;
      }
      if (frames !== "") yield frames;
    }
    if (!editor.complete) throw brokenOff(model);
    yield "data: [DONE]\n\n";
  } catch (thrown) {
    yield failureFrame(thrown, context);
  } finally {
    void arrivals.return?.();
    context.release();
  }
}

const brokenOff = (model: string): BedrockOpenAIError =>
  new BedrockOpenAIError(
    502,
    `The answer of '${model}' broke off: Bedrock's stream ended early or was damaged.`,
    {
      type: "server_error",
      code: "stream_interrupted",
    },
  );
