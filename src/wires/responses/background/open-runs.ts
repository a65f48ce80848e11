import type { CallContext } from "../../../context.ts";
import { rateLimited } from "../../../gate/rate-limited.ts";
import { ownerOf } from "../../../store/owner.ts";
import type { Store } from "../../../store/store.ts";
import { pause } from "./pause.ts";
import type { Wish } from "./wish.ts";

/** A response that is being made in this process. */
export interface OpenRun {
  /** Stops it, as if its wish had been found in the store. */
  stop(wish: Wish): void;
  /** Resolves, never rejects, when all that will be kept of it is kept. */
  done: Promise<void>;
  /** Runs whenever more of it is kept, and at its end. */
  readonly followers: Set<() => void>;
}

/** Of all callers in one process: whoever starts work and leaves could start any amount. */
export const MAX_OPEN = 1_000;

const houses = new WeakMap<Store, Map<string, OpenRun>>();

function runsOf(store: Store): Map<string, OpenRun> {
  const runs = houses.get(store) ?? new Map<string, OpenRun>();
  houses.set(store, runs);
  return runs;
}

const keyOf = async (context: CallContext, id: string): Promise<string> => `${await ownerOf(context)} ${id}`;

/** The caller's own, where it is made here. */
export const openRun = async (context: CallContext, id: string): Promise<OpenRun | undefined> =>
  context.store && runsOf(context.store).get(await keyOf(context, id));

/** For whoever waits that a run stops: what it still does may hang. */
const STOPS_WITHIN_MS = 5_000;

/** Stops the caller's own where it is made here, and waits until that is done, or long enough. */
export async function stopHere(context: CallContext, id: string, wanted: Wish): Promise<void> {
  const run = await openRun(context, id);
  if (!run) return;
  run.stop(wanted);
  const { over, wake } = pause(STOPS_WITHIN_MS);
  await Promise.race([run.done, over]);
  wake();
}

/** Those that are about to be promised are among them. */
const places = new WeakMap<Store, number>();

const taken = (store: Store): number => places.get(store) ?? 0;

/** Until the call is over. */
export function takePlace({ atEnd }: Pick<CallContext, "atEnd">, store: Store): void {
  places.set(store, taken(store) + 1);
  atEnd(() => places.set(store, taken(store) - 1));
}

/** @throws BedrockOpenAIError 429 where there are too many. */
export function refuseOneMore(store: Store): void {
  if (taken(store) >= MAX_OPEN)
    throw rateLimited(
      `This server has ${MAX_OPEN} background responses in progress, and takes no more right now.`,
      1_000,
      { "x-should-retry": "true" },
    );
}

/** Holds a run until it is done. */
export async function hold(context: CallContext, store: Store, id: string, run: OpenRun): Promise<void> {
  const key = await keyOf(context, id);
  const runs = runsOf(store);
  runs.set(key, run);
  void run.done.then(() => {
    runs.delete(key);
    for (const follower of run.followers) follower();
  });
}
