import type { Model } from "../catalogue/model-id.ts";
import type { AnswerReply } from "../reply.ts";
import type { ConverseRequest } from "../rules/request.ts";

export function defaultAnswer(request: ConverseRequest, model: Model): AnswerReply {
  const text = (request.messages?.at(-1)?.content ?? []).map((b) => b.text ?? "").join("\n");
  return { content: [{ text: `You said: ${text}\nThis is the Bedrock emulator, in place of ${model.id}.` }] };
}
