import type { CallContext } from "../../../context.ts";
import { keptBy } from "../../../store/kept.ts";
import type { Store } from "../../../store/store.ts";
import { isOpen, type StoredResponse, storedResponses } from "../state/stored-response.ts";
import { isLeased, type Lease } from "./lease.ts";
import { openRun } from "./open-runs.ts";

/** Whether somebody does. */
export async function isAtWork(context: CallContext, store: Store, id: string): Promise<boolean> {
  if (await openRun(context, id)) return true;
  return isLeased(await keptBy<Lease>(context, store, "events"), id);
}

/**
 * A kept response as it stands: one in the background whose process is gone failed, and is kept so.
 * @param ended How it ended then. Default: it failed.
 */
export async function settled(
  context: CallContext,
  stored: StoredResponse,
  ended: Partial<StoredResponse["response"]> = LOST,
): Promise<StoredResponse> {
  const { id, background } = stored.response;
  const { store } = context;
  if (!store || !background || !isOpen(stored) || (await isAtWork(context, store, id))) return stored;
  const responses = await storedResponses(context);
  // Its end may have been kept between the two looks.
  const last = await responses?.find(id);
  if (!responses || !last || !isOpen(last)) return last ?? stored;
  const response = { ...last.response, ...ended };
  await responses.update(last, response);
  return { ...last, response };
}

const LOST: Partial<StoredResponse["response"]> = {
  status: "failed",
  error: {
    code: "server_error",
    message: "The server stopped before this response was done. Please create it again.",
  },
};
