import type { CallContext } from "../../../context.ts";
import type { ChatAnswer, ChatMedium } from "../medium.ts";
import { createFold } from "./fold.ts";
import { keepChat, type KeptChat } from "./keep.ts";

/**
 * An answer that is kept before its end is told: what is not kept is not acknowledged. Of a stream the last pieces wait, from the
 * one on that says how the answer ended.
 * @throws BedrockOpenAIError 503 where it cannot be kept; in a stream that is told in the place of its end.
 */
export async function keeping<Told>(
  context: CallContext,
  answer: ChatAnswer<Told>,
  kept: KeptChat,
  medium: ChatMedium<Told>,
): Promise<ChatAnswer<Told>> {
  if ("completion" in answer) await keepChat(context, answer.completion, kept);
  return "stream" in answer ? { stream: keepingStream(context, answer.stream, kept, medium) } : answer;
}

async function* keepingStream<Told>(
  context: CallContext,
  stream: AsyncIterable<Told>,
  kept: KeptChat,
  medium: ChatMedium<Told>,
): AsyncGenerator<Told, void, undefined> {
  const fold = createFold(kept.request.n ?? 1);
  let held: Told[] = [];
  const end = async (): Promise<Told[]> => {
    const last = held;
    held = [];
    try {
      await keepChat(context, fold.completion(), kept);
      return last;
    } catch (thrown) {
      return [medium.failed(thrown, context)];
    }
  };
  for await (const told of stream) {
    try {
      for (const chunk of medium.chunksIn(told)) fold.push(chunk);
    } catch (thrown) {
      return yield medium.failed(thrown, context);
    }
    if (fold.complete) held.push(told);
    else yield told;
    // While the stream waits for its reader: after its end the call is over.
    if (medium.isEnd(told)) yield* await end();
  }
  // A failure behind the answer's end is told as it came.
  if (medium.endsSilently && fold.complete) yield* await end();
  yield* held;
}
