import type { CallContext } from "../../context.ts";
import { askedModel } from "../../flow/asked-model.ts";
import { jsonResponse } from "../../http/json.ts";
import { ownerOf } from "../../store/owner.ts";
import { prepare } from "../prepare.ts";
import { read } from "./answer.ts";
import { readAsked } from "./read-asked.ts";

/** `POST /responses/input_tokens`: what a response to the same request would read. Source: OpenAI API reference, "Count input tokens". */
export async function countInputTokens(context: CallContext): Promise<Response> {
  const { bedrock, memory, signal } = context;
  const asked = await readAsked(context, context.newId("resp_"));
  const resolved = await bedrock.resolve(askedModel(context, asked.request), signal);
  const target = resolved.instead ?? resolved;
  const decode = await read(context, asked, await ownerOf(context));
  const { form: _, ...decoded } = decode(asked);
  const { attachments } = asked;
  const settings = { memory, stream: false, keepsForeign: true };
  const { conversation, adjustments } = prepare({ ...decoded, attachments }, target, settings);
  context.adjustments.push(...adjustments);
  const { inputTokens, estimated } = await bedrock.countTokens({ target, conversation, attachments, signal });
  if (estimated)
    context.adjustments.push({
      param: "input_tokens",
      action: "emulated",
      reason: "AWS does not count for this model, or not for this caller; this is a careful guess.",
    });
  return jsonResponse({ object: "response.input_tokens", input_tokens: inputTokens });
}
