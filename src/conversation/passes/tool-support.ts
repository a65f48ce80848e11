import { invalidRequest } from "../../errors.ts";
import { type Fitted, unchanged } from "../fitting.ts";
import type { Traits } from "../traits.ts";
import type { Conversation } from "../types.ts";

/**
 * An offer that would never be taken up is refused rather than forgotten.
 * @throws BedrockOpenAIError 400 when tools are offered to a model without them.
 */
export function toolSupport(conversation: Conversation, traits: Traits): Fitted {
  if (traits.tools || !conversation.toolConfig) return unchanged(conversation);
  throw invalidRequest("Unsupported parameter: 'tools' is not supported with this model.", {
    code: "unsupported_parameter",
    param: "tools",
  });
}
