import type { Traits } from "./traits.ts";
import { invalidRequest } from "../errors.ts";
import { type Fitted, unchanged } from "./fitting.ts";
import type { Conversation } from "./types.ts";

/**
 * An answer that has not seen the picture would look like one that has.
 * @throws BedrockOpenAIError 400 for an image to a model that reads only text.
 */
export function images(conversation: Conversation, traits: Traits): Fitted {
  if (!traits.images && conversation.messages.some(({ content }) => content.some((block) => block.image))) {
    throw invalidRequest("Invalid 'messages': this model does not accept images.", {
      code: "unsupported_value",
      param: "messages",
    });
  }
  return unchanged(conversation);
}
