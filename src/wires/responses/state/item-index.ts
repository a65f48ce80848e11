import type { CallContext } from "../../../context.ts";
import { keptBy } from "../../../store/kept.ts";
import type { Store } from "../../../store/store.ts";
import { itemPrefix } from "../item-prefix.ts";

/** In which response an item stands, by the item's id. Every method throws a 503 where the store cannot be asked. */
export interface ItemIndex {
  find(id: string): Promise<string | undefined>;
  add(responseId: string, output: readonly { id: string }[]): Promise<void>;
  remove(output: readonly { id: string }[]): Promise<void>;
}

/** The id of an input item that came without one: it tells its response, so that nothing has to be kept to find it. */
export const inputItemId = (type: string, responseId: string, position: number): string =>
  `${itemPrefix(type)}${responseId.slice(RESPONSE.length)}_${position}`;

const RESPONSE = "resp_";

const INPUT_ID = /^[a-z]+_([0-9a-f]{32})_\d{1,6}$/;

/** That of the caller. */
export async function itemIndex(context: CallContext, store: Store): Promise<ItemIndex> {
  const responseOf = await keptBy<string>(context, store, "item");
  return {
    async find(id) {
      const told = INPUT_ID.exec(id)?.[1];
      return told === undefined ? responseOf.get(id) : RESPONSE + told;
    },
    async add(responseId, output) {
      await Promise.all(output.map(({ id }) => responseOf.put(id, responseId)));
    },
    async remove(output) {
      await Promise.all(output.map(({ id }) => responseOf.remove(id)));
    },
  };
}
