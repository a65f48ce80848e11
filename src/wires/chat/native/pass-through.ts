import type { NativeLetter } from "../../../bedrock/surfaces/forward.ts";
import type { Target } from "../../../bedrock/models/target.ts";
import type { CallContext } from "../../../context.ts";
import type { JsonObject } from "../../../conversation/types.ts";
import type { ChatCompletion } from "../../../openai/chat-response.ts";
import type { Attachments } from "../../../http/attachments.ts";
import { hearChat } from "../../../record/hear-chat.ts";
import { asItCame, forwarded, forwardedStream } from "../../native/as-it-came.ts";
import { withoutStrangers } from "../request/unmapped.ts";
import { editAnswer } from "./answer.ts";
import type { ChatAnswer, ChatMedium } from "../medium.ts";
import { asksForUsage, edit } from "./edit.ts";
import type { Origin } from "./envelope.ts";
import { takes } from "./takes.ts";
import { told } from "./told.ts";

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
  const { body: asked, adjustments: strangers } = withoutStrangers(given);
  if (!takes(asked, target, context.bedrock.refusedBy(target, "chat"))) return undefined;
  const { body, adjustments: edits } = edit(asked, target);
  const letter: NativeLetter = { target, api: "chat", body, attachments };
  const adjustments = [...strangers, ...edits];
  return asItCame(context, { letter, adjustments, asked }, async () =>
    body["stream"] === true
      ? { stream: await streamed(context, letter, { medium, includeUsage: asksForUsage(asked) }) }
      : { completion: await whole(context, letter) },
  );
}

async function whole(context: CallContext, letter: NativeLetter): Promise<ChatCompletion> {
  const answer = editAnswer(await forwarded(context, letter), originOf(context, letter));
  hearChat(context.record, answer);
  // It is edited into one, with all that AWS says beside.
  return answer as object as ChatCompletion;
}

async function streamed<Told>(
  context: CallContext,
  letter: NativeLetter,
  { medium, includeUsage }: { medium: ChatMedium<Told>; includeUsage: boolean },
): Promise<AsyncIterableIterator<Told, unknown, undefined>> {
  const arrivals = await forwardedStream(context, letter);
  return medium.passed({ arrivals, origin: originOf(context, letter), includeUsage }, context, told);
}

const originOf = ({ now, newId }: CallContext, { target }: NativeLetter): Origin => ({
  model: target.modelId,
  family: target.family,
  now,
  newId,
});
