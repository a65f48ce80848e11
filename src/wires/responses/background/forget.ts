import type { CallContext } from "../../../context.ts";
import { keptBy } from "../../../store/kept.ts";
import type { StoredResponse } from "../state/stored-response.ts";
import { type Batch, forgetLog } from "./event-log.ts";
import { stopHere } from "./open-runs.ts";
import { isAtWork } from "./settled.ts";
import { type Wish, wish } from "./wish.ts";

/** Stops whoever makes a response that is about to be deleted, and deletes its log. To be called before the response is. */
export async function forgetBackground(
  context: CallContext,
  { response: { id, background } }: StoredResponse,
): Promise<void> {
  const { store } = context;
  if (!store || !background) return;
  if (await isAtWork(context, store, id))
    await wish(await keptBy<Wish>(context, store, "events"), id, "delete");
  await stopHere(context, id, "delete");
  await forgetLog(await keptBy<Batch>(context, store, "events"), id);
}
