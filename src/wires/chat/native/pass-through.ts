import type { NativeLetter } from "../../../bedrock/surfaces/forward.ts";
import type { Target } from "../../../bedrock/models/target.ts";
import type { CallContext } from "../../../context.ts";
import type { JsonObject } from "../../../conversation/types.ts";
import type { ChatCompletion } from "../../../openai/chat-response.ts";
import type { Attachments } from "../../../http/attachments.ts";
import { placeOf } from "../../ask.ts";
import { FIRST_EVENT_GRACE_MS, peek } from "../../../flow/peek.ts";
import { hearChat } from "../../../record/hear-chat.ts";
import { sentTo } from "../../../flow/sent-to.ts";
import { refuseLossy } from "../../../reception/refuse-lossy.ts";
import { createTries } from "../../../tries.ts";
import { withoutStrangers } from "../request/unmapped.ts";
import { editAnswer } from "./answer.ts";
import type { ChatAnswer, ChatMedium } from "../medium.ts";
import { asksForUsage, edit } from "./edit.ts";
import type { Origin } from "./envelope.ts";
import { takes } from "./takes.ts";

interface Given<Told> {
  body: JsonObject;
  attachments: Attachments;
  medium: ChatMedium<Told>;
}

/**
 * The answer of AWS's own chat endpoint to a request that it can take as it came; undefined where the request has to be
 * translated, also when AWS refused a parameter only now.
 */
export async function passThrough<Told>(
  context: CallContext,
  target: Target,
  { body: given, attachments, medium }: Given<Told>,
): Promise<ChatAnswer<Told> | undefined> {
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
    return {
      explanation: { target: placeOf(target), request: bedrock.explainNative(letter), adjustments },
    };
  }
  try {
    await sentTo(context, target);
    const answer =
      body["stream"] === true
        ? { stream: await streamed(context, letter, { medium, includeUsage: asksForUsage(asked) }) }
        : { completion: await whole(context, letter) };
    tell();
    return answer;
  } catch (thrown) {
    if (bedrock.refuses(target, asked, thrown)) return undefined;
    throw thrown;
  }
}

async function whole(context: CallContext, letter: NativeLetter): Promise<ChatCompletion> {
  const { signal } = context;
  const tries = createTries(context.patience);
  const { requestId, value } = await context.bedrock.forward(letter, { signal, tries });
  keepRequestId(context, requestId);
  const answer = editAnswer(value, originOf(context, letter));
  hearChat(context.record, answer);
  // It is edited into one, with all that AWS says beside.
  return answer as object as ChatCompletion;
}

async function streamed<Told>(
  context: CallContext,
  letter: NativeLetter,
  { medium, includeUsage }: { medium: ChatMedium<Told>; includeUsage: boolean },
): Promise<AsyncGenerator<Told, void, undefined>> {
  const { signal } = context;
  const tries = createTries(context.patience);
  const reply = await context.bedrock.forwardStream(letter, { signal, tries });
  const arrivals = await peek(reply.value[Symbol.asyncIterator](), FIRST_EVENT_GRACE_MS);
  // It may have come with another try.
  keepRequestId(context, reply.requestId);
  tries.commit();
  return medium.passed({ arrivals, origin: originOf(context, letter), includeUsage }, context);
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
