import { invalidRequest } from "../../../errors.ts";
import type { InputItem } from "../../../openai/responses/items.ts";
import type { ResponsesRequest } from "../../../openai/responses/request.ts";
import type { PlacedItem } from "../asked.ts";
import { refuseUnsupported } from "../request/unmapped.ts";
import { inputItemId } from "./item-index.ts";

/** The items of a request's own input; a text is a message of the user's. */
export function ownInput({ input }: Pick<ResponsesRequest, "input">): PlacedItem[] {
  if (typeof input !== "string")
    return (input ?? []).map((item, position) => ({ item, at: `input[${position}]` }));
  const content = [{ type: "input_text", text: input }];
  return [{ item: { type: "message", role: "user", content }, at: "input" }];
}

/** @throws BedrockOpenAIError 400 where there is nothing to answer, or two things that exclude each other. */
export function checkSources(request: ResponsesRequest): void {
  const { input, previous_response_id: previous, conversation, prompt } = request;
  if (previous != null && conversation != null) {
    throw invalidRequest(
      "Mutually exclusive parameters: 'previous_response_id' and 'conversation'. Ensure you are only providing one of them.",
      { code: "mutually_exclusive_parameters", param: "previous_response_id" },
    );
  }
  // A prompt of OpenAI's is refused as such, where all else that cannot be done is.
  const isEmpty = prompt == null && (input == null || input.length === 0);
  if (isEmpty && previous == null && conversation == null) {
    // Who writes a chat's `messages` is told where they are to stand, which says more.
    refuseUnsupported(request);
    throw invalidRequest("One of 'input', 'previous_response_id' or 'conversation' must be provided.", {
      code: "missing_required_parameter",
      param: "input",
    });
  }
}

/** A reference has its kind or nothing but an id: what has a role is a message without its kind. */
export const isReference = (item: InputItem): item is InputItem & { id: string } =>
  typeof item.id === "string" &&
  (item.type === "item_reference" || (item.type == null && item.role === undefined));

/** With their kinds, which messages may leave out, and ids of their own: one that stands there twice would name two of them. */
export function identified(items: readonly PlacedItem[], responseId: string): PlacedItem[] {
  const taken = new Set<string>();
  return items.map(({ item, at }, position) => {
    const { type, id, ...said } = typed(item);
    const own = id && !taken.has(id) ? id : inputItemId(type, responseId, position);
    taken.add(own);
    return { item: { ...said, type, id: own }, at };
  });
}

/** An item with its kind. What answers a call by the id of the call's item has no id of its own. */
export function typed(item: InputItem): InputItem & { type: string } {
  const type = item.type ?? "message";
  if (type !== "local_shell_call_output" || item["call_id"] != null) return { ...item, type };
  const { id, ...rest } = item;
  return { ...rest, type, ...(id && { call_id: id }) };
}

/** A conversation is told by its id, or as itself. */
export const conversationId = (conversation: string | { id: string }): string =>
  typeof conversation === "string" ? conversation : conversation.id;
