import { itemPrefix } from "../state/item-prefix.ts";

/** An id for an item that came without one. */
export const newItemId = (type: string, newId: (prefix: string) => string): string => newId(itemPrefix(type));
