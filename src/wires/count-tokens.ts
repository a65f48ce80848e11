import type { Adjustment } from "../adjustments.ts";
import type { CallContext } from "../context.ts";
import { type Asking, askedModel } from "../flow/asked-model.ts";
import type { Decoded } from "./decoded.ts";
import { prepare } from "./prepare.ts";

/**
 * The tokens that a model would read of a request, as it would be sent.
 * @param decode The request as a conversation, once it is known that its model may be asked.
 */
export async function countTokens(
  context: CallContext,
  request: Asking,
  decode: () => Promise<Decoded>,
): Promise<number> {
  const { bedrock, memory, signal } = context;
  const resolved = await bedrock.resolve(askedModel(context, request), signal);
  const target = resolved.instead ?? resolved;
  const decoded = await decode();
  const { attachments } = decoded;
  const prepared = prepare(decoded, target, { memory, stream: false, keepsForeign: true });
  const { conversation, adjustments } = prepared;
  const { inputTokens, estimated } = await bedrock.countTokens({ target, conversation, attachments, signal });
  context.adjustments.push(...adjustments, ...(estimated ? [ESTIMATED] : []));
  return inputTokens;
}

const ESTIMATED: Adjustment = {
  param: "input_tokens",
  action: "emulated",
  reason: "AWS does not count for this model, or not for this caller; this is a careful guess.",
};
