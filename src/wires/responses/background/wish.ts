import type { Kept } from "../../../store/kept.ts";

/** What somebody wants of a response that may be made in another process; who makes it looks for it. */
export type Wish = "cancel" | "delete";

/** How often it is looked for, in milliseconds. */
export const LOOK_MS = 500;

/** As long as a maker may hang on a connection that is dead. */
const WISH_TTL_MS = 24 * 60 * 60_000;

const wishId = (id: string): string => `${id}:wish`;

/** Leaves it for who makes the response. */
export const wish = (wishes: Kept<Wish>, id: string, wanted: Wish): Promise<void> =>
  wishes.put(wishId(id), wanted, WISH_TTL_MS);

export const wishOf = (wishes: Kept<Wish>, id: string): Promise<Wish | undefined> => wishes.get(wishId(id));

export const dropWish = (wishes: Kept<Wish>, id: string): Promise<void> => wishes.remove(wishId(id));
