import { invalidRequest } from "../../errors.ts";
import { type Fitted, unchanged } from "../fitting.ts";
import type { Traits } from "../traits.ts";
import type { Conversation } from "../types.ts";

/**
 * An answer without the search that was asked for would look like one with it.
 * @throws BedrockOpenAIError 400 for a search on a model that cannot search.
 */
export function webSearch(conversation: Conversation, traits: Traits): Fitted {
  const asked = conversation.toolConfig?.tools.some((tool) => tool.systemTool);
  if (!asked || traits.webSearch) return unchanged(conversation);
  throw invalidRequest("Unsupported parameter: 'web_search_options' is not supported with this model.", {
    code: "unsupported_parameter",
    param: "web_search_options",
  });
}
