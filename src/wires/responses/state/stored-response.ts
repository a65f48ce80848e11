import type { CallContext } from "../../../context.ts";
import { wholeText } from "../../../http/whole-text.ts";
import type { InputItem } from "../../../openai/responses/items.ts";
import type { ResponseObject, ResponseStatus } from "../../../openai/responses/response.ts";
import { keptBy } from "../../../store/kept.ts";
import type { AskedResponse, Chain } from "../asked.ts";
import { itemIndex } from "./item-index.ts";

/** A response as it is kept. Its input is kept beside it: who polls a response reads only this. */
export interface StoredResponse {
  /** With `encrypted_content`, whoever asked for it; what it came from is in its `previous_response_id` and `conversation`. */
  response: ResponseObject;
  /** The responses before it. */
  chain: Chain;
  /** Characters of its own input, as JSON. */
  inputSize: number;
}

const OPEN: ReadonlySet<ResponseStatus> = new Set(["queued", "in_progress"]);

/** Whether somebody still works at it, or ought to. */
export const isOpen = ({ response }: StoredResponse): boolean => OPEN.has(response.status);

/** An answer's items, as they are read by those that follow. */
export const asInput = ({ output }: ResponseObject): InputItem[] => output.map((item) => ({ ...item }));

/** The responses that the caller keeps. Every method throws a 503 where the store cannot be asked. */
export interface StoredResponses {
  find(id: string): Promise<StoredResponse | undefined>;
  /** The request's own input, every item with an id. */
  inputOf(id: string): Promise<readonly InputItem[] | undefined>;
  /** The response that an item stands in. */
  withItem(itemId: string): Promise<string | undefined>;
  /** Keeps a response with its input, until both can be read. */
  keep(
    asked: Pick<AskedResponse, "input" | "chain" | "attachments">,
    response: ResponseObject,
  ): Promise<void>;
  /** What became of a response that is kept. */
  update(stored: StoredResponse, response: ResponseObject): Promise<void>;
  forget(response: ResponseObject): Promise<void>;
}

/** Undefined where the operator keeps nothing. */
export async function storedResponses(context: CallContext): Promise<StoredResponses | undefined> {
  const { store } = context;
  if (!store) return undefined;
  const [responses, inputs, items] = await Promise.all([
    keptBy<StoredResponse>(context, store, "response"),
    keptBy<readonly InputItem[]>(context, store, "input"),
    itemIndex(context, store),
  ]);
  return {
    find: responses.get,
    inputOf: inputs.get,
    withItem: items.find,
    async keep(asked, response) {
      const json = fullText(asked);
      await Promise.all([inputs.putJson(response.id, json), items.add(response.id, response.output)]);
      // Last, so that what is there is whole.
      await responses.put(response.id, { response, chain: asked.chain, inputSize: json.length });
    },
    async update(stored, response) {
      await items.add(response.id, response.output);
      await responses.put(response.id, { ...stored, response });
    },
    async forget({ id, output }) {
      await Promise.all([inputs.remove(id), items.remove(output)]);
      // Last what leads to the rest: where it goes wrong on the way, who tries again can.
      await responses.remove(id);
    },
  };
}

/** Files stand in what is kept themselves: the tokens for them mean nothing after the request. */
const fullText = ({ input, attachments }: Pick<AskedResponse, "input" | "attachments">): string =>
  wholeText(JSON.stringify(input), attachments);

/** A request's own input as it is kept. */
export const fullInput = (asked: Pick<AskedResponse, "input" | "attachments">): readonly InputItem[] =>
  asked.attachments.files.length === 0 ? asked.input : (JSON.parse(fullText(asked)) as InputItem[]);
