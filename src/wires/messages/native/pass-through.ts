import type { Target } from "../../../bedrock/models/target.ts";
import type { CallContext } from "../../../context.ts";
import type { JsonObject } from "../../../conversation/types.ts";
import type { Attachments } from "../../../http/attachments.ts";
import { createMessageEar } from "../../../record/hear-message.ts";
import type { Explanation } from "../../ask.ts";
import { asItCame, forwarded, forwardedStream } from "../../native/as-it-came.ts";
import { edit } from "./edit.ts";
import { readMessage } from "./message.ts";
import { takes, takesNames } from "./takes.ts";
import { tidy } from "./tidy.ts";
import { told } from "./told.ts";

/** A request in Anthropic's words. */
export interface AskedMessage {
  /** The validated body as it came, with the operator's defaults; without `betas`. */
  body: JsonObject;
  /** Of the header `anthropic-beta` and the body's `betas`. */
  betas: readonly string[];
  /** The files that tokens stand for in the body. */
  attachments: Attachments;
}

/** What AWS answers in Anthropic's own words. */
export type PassedMessage =
  | { explanation: Explanation }
  | { message: JsonObject }
  /** SSE text to the very end; a failure is its last frame. Whoever is at its end has released the call. */
  | { frames: AsyncGenerator<string, void, undefined> };

/**
 * Claude's answer to a request that AWS can take as it came; undefined where the request has to be translated, also when AWS
 * refused something only now.
 */
export async function passThrough(
  context: CallContext,
  asked: Target,
  { body: given, betas, attachments }: AskedMessage,
): Promise<PassedMessage | undefined> {
  const target = claudeBehind(asked);
  if (!target || !takesNames(given)) return undefined;
  const { body, ...tidied } = tidy(given);
  if (!takes(body, target, context.bedrock.refusedBy(target, "messages"))) return undefined;
  const edited = edit({ body, betas: [...betas, ...tidied.betas], attachments }, target);
  const { letter } = edited;
  const adjustments = [...tidied.adjustments, ...edited.adjustments];
  const { modelId } = target;
  return asItCame(context, { letter, adjustments, asked: body }, async (): Promise<PassedMessage> => {
    if (body["stream"] === true)
      return { frames: told(await forwardedStream(context, letter), modelId, context) };
    const message = readMessage(await forwarded(context, letter), modelId);
    const ear = createMessageEar(context.record);
    ear.event({ type: "message_start", message });
    ear.end();
    return { message };
  });
}

/** Where Anthropic's own words lead: to the host that speaks them, or to InvokeModel. */
function claudeBehind(target: Target): Target | undefined {
  if (target.native) return target.native.apis.includes("messages") ? target : undefined;
  return target.takesMessages && { ...target, surface: "invoke" };
}
