import type { CallContext } from "../../context.ts";
import type { JsonObject } from "../../conversation/types.ts";
import { attempts } from "../../flow/attempts.ts";
import { findTarget } from "../../flow/find-target.ts";
import { decode } from "./decode.ts";
import type { MessageAnswer } from "./medium.ts";
import { passThrough } from "./native/pass-through.ts";
import type { Read } from "./read.ts";
import { betasIn } from "./request/betas.ts";
import { mediaUrls } from "./request/files.ts";
import type { AskedRequest } from "./request/shape.ts";
import { translated } from "./translated.ts";

/**
 * The answer to a request for a message, whichever way it takes to AWS.
 * @throws BedrockOpenAIError
 */
export function answerMessage(
  context: CallContext,
  { body, request, attachments }: Read<AskedRequest>,
): Promise<MessageAnswer> {
  const stream = request.stream === true;
  Object.assign(context.record, { operation: "chat", request, stream });
  const asked = { body: withoutBetas(body as JsonObject), betas: betasIn(request), attachments };
  let reading: Promise<ReturnType<typeof decode>> | undefined;
  return attempts(context, request, async (model, attempt) => {
    const target = await findTarget(model, attempt);
    const passed = await passThrough(attempt, target, asked);
    if (passed) return "frames" in passed ? { stream: passed.frames } : passed;
    reading ??= decoded(context, request);
    return translated(attempt, target, { decoded: await reading, attachments, stream });
  });
}

/** Most bodies say none, and are not copied. */
function withoutBetas(body: JsonObject): JsonObject {
  if (!Object.hasOwn(body, "betas") && !Object.hasOwn(body, "anthropic_beta")) return body;
  const { betas: _, anthropic_beta: __, ...rest } = body;
  return rest;
}

/** The request as a conversation: the same for whoever answers it. */
export async function decoded(
  { fetchMedia, options, signal }: CallContext,
  request: AskedRequest,
): Promise<ReturnType<typeof decode>> {
  const media = await fetchMedia(mediaUrls(request.messages), signal);
  return decode(request, { media, promptCache: options.promptCache });
}
