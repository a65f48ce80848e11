import { mayPass } from "../../../flow/moves-on.ts";
import { again } from "../../../store/again.ts";

/** In milliseconds: a minute in all, in which a store may be started anew. */
const AGAIN_AFTER: readonly number[] = [250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000];

/** Keeps at it: what a model was paid for is not lost to a store that is away for a moment. */
export const persist = <T>(attempt: () => Promise<T>): Promise<T> => again(attempt, mayPass, AGAIN_AFTER);
