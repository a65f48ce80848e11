import type { Target } from "../../bedrock/models/target.ts";
import type { CallContext } from "../../context.ts";
import { asEvents } from "../../conversation/as-events.ts";
import { ask } from "../ask.ts";
import type { AskedResponse } from "./asked.ts";
import type { DecodedResponse } from "./decode.ts";
import type { ResponseAnswer, ResponseHead } from "./medium.ts";
import { openResponse } from "./reply/opening.ts";
import { createReply } from "./reply/reply.ts";
import { tellStream, tellWhole } from "./reply/tell.ts";

interface Translation {
  asked: AskedResponse;
  head: ResponseHead;
  /** Whose answer it is: nobody else can open what is sealed in it. */
  owner: string;
  decoded: DecodedResponse;
}

/** The answer of a target that does not speak the caller's protocol, or not all of it. */
export async function translated(
  context: CallContext,
  target: Target,
  { asked: { request, attachments }, head, owner, decoded: { form, ...decoded } }: Translation,
): Promise<ResponseAnswer> {
  const { newId, now, seal, signal } = context;
  const asking = ask(context, target, head.stream, { ...decoded, attachments });
  if (context.explain) return { explanation: asking.explain() };

  const opening = openResponse(request, { ...head, model: asking.target.modelId });
  const reply = createReply(opening, {
    form,
    newId,
    now,
    seal: (blocks) => seal.seal("reasoning", owner, { blocks }),
    maxToolCalls: request.max_tool_calls ?? undefined,
  });
  if (!head.stream) return { response: tellWhole(asEvents(await asking.whole(signal)), reply) };
  return { events: tellStream(await asking.stream(signal), reply, context) };
}
