import type { Target } from "../../bedrock/models/target.ts";
import type { CallContext } from "../../context.ts";
import { togetherStreamed } from "../../flow/together.ts";
import type { Attachments } from "../../http/attachments.ts";
import { ask } from "../ask.ts";
import { toFrames } from "../frames.ts";
import type { ReplyHead } from "../reply/head.ts";
import type { decode } from "./decode.ts";
import { encode } from "./encode.ts";
import { failureEvent } from "./failure.ts";
import type { MessageAnswer } from "./medium.ts";
import { createMessageStream } from "./stream.ts";

interface Translation {
  decoded: ReturnType<typeof decode>;
  /** The files that tokens stand for in it. */
  attachments: Attachments;
  stream: boolean;
}

/** The answer of a target that does not speak Anthropic's protocol, or not all of it. */
export async function translated(
  context: CallContext,
  target: Target,
  { decoded: { form, ...decoded }, attachments, stream }: Translation,
): Promise<MessageAnswer> {
  const asked = ask(context, target, stream, { ...decoded, attachments });
  if (context.explain) return { explanation: asked.explain() };
  const head: ReplyHead = {
    id: context.newId("msg_"),
    created: context.now(),
    model: asked.target.modelId,
  };
  context.record.responseId = head.id;
  if (!stream) return { message: encode(await asked.whole(context.signal), head, form) };
  const arrivals = await togetherStreamed(1, context.signal, asked.stream);
  return { stream: toFrames(arrivals, createMessageStream(head, form), context, failureEvent) };
}
