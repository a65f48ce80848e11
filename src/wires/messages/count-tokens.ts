import type { CallContext } from "../../context.ts";
import { askedModel } from "../../flow/asked-model.ts";
import { jsonResponse } from "../../http/json.ts";
import { prepare } from "../prepare.ts";
import { decoded } from "./answer.ts";
import { renameNotes } from "./endpoint.ts";
import { read } from "./read.ts";
import { countRequest } from "./request/shape.ts";

/** `POST /messages/count_tokens`. Source: Anthropic API reference, "Count tokens in a Message". */
export async function countMessageTokens(context: CallContext): Promise<Response> {
  const { bedrock, memory, signal } = context;
  const { request, attachments } = await read(context, countRequest);
  const resolved = await bedrock.resolve(askedModel(context, request), signal);
  const target = resolved.instead ?? resolved;
  const { form: _, ...rest } = await decoded(context, request);
  const settings = { memory, stream: false, keepsForeign: true };
  const { conversation, adjustments } = prepare({ ...rest, attachments }, target, settings);
  context.adjustments.push(...adjustments);
  const { inputTokens, estimated } = await bedrock.countTokens({ target, conversation, attachments, signal });
  if (estimated)
    context.adjustments.push({
      param: "input_tokens",
      action: "emulated",
      reason: "AWS does not count for this model, or not for this caller; this is a careful guess.",
    });
  renameNotes(context);
  return jsonResponse({ input_tokens: inputTokens });
}
