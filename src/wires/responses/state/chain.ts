import type { CallContext } from "../../../context.ts";
import { invalidRequest } from "../../../errors.ts";
import type { InputItem } from "../../../openai/responses/items.ts";
import type { Chain, PlacedItem } from "../asked.ts";
import { previousNotFound } from "./not-found.ts";
import {
  asInput,
  isOpen,
  type StoredResponse,
  type StoredResponses,
  storedResponses,
} from "./stored-response.ts";

/** Responses that one may stand on; far more than any model reads. */
const MAX_LINKS = 1_000;

const PARAM = "previous_response_id";

export const NO_CHAIN: Chain = { ids: [], size: 0 };

/**
 * What a response stands on by its `previous_response_id`, oldest first. Instructions and tools are not among it.
 * @throws BedrockOpenAIError 400 where a response of the chain is not there or not finished, or the chain is too long; 503.
 */
export async function chainOf(
  context: CallContext,
  id: string,
): Promise<{ chain: Chain; items: PlacedItem[] }> {
  const responses = await storedResponses(context);
  const last = await responses?.find(id);
  if (!responses || !last) throw previousNotFound(id);
  refuseUnfinished(last);
  const chain = {
    ids: [...last.chain.ids, id],
    size: last.chain.size + last.inputSize + JSON.stringify(last.response.output).length,
  };
  refuseOverlong(chain, context.options.maxBodyBytes);
  const links = await Promise.all(
    chain.ids.map((each) => itemsOf(each, responses, each === id ? last : undefined)),
  );
  return { chain, items: links.flat().map((item) => ({ item, at: PARAM })) };
}

async function itemsOf(
  id: string,
  responses: StoredResponses,
  known: StoredResponse | undefined,
): Promise<readonly InputItem[]> {
  const [stored, input] = await Promise.all([known ?? responses.find(id), responses.inputOf(id)]);
  // With a hole in it, it would be another conversation.
  if (!stored || !input) throw previousNotFound(id);
  return [...input, ...asInput(stored.response)];
}

function refuseUnfinished(stored: StoredResponse): void {
  const { id, status } = stored.response;
  if (isOpen(stored))
    throw invalidRequest(`Previous response with id '${id}' is not finished: its status is '${status}'.`, {
      code: "invalid_value",
      param: PARAM,
    });
}

function refuseOverlong({ ids, size }: Chain, maxSize: number): void {
  if (ids.length > MAX_LINKS)
    throw invalidRequest(
      `This response would stand on ${ids.length} others, where at most ${MAX_LINKS} are read. ` +
        "Send what matters of them as 'input', or compact them with POST /responses/compact.",
      { code: "context_length_exceeded", param: PARAM },
    );
  // Read all at once, they take as much memory as a request of that size.
  if (size > maxSize)
    throw invalidRequest(
      `The earlier responses hold ${size} characters together, where at most ${maxSize} are read. ` +
        "Send what matters of them as 'input', or compact them with POST /responses/compact.",
      { code: "context_length_exceeded", param: PARAM },
    );
}
