import type { CallContext } from "../../../context.ts";
import type { ResponseEvent } from "../../../openai/responses/events.ts";
import type { ResponseObject } from "../../../openai/responses/response.ts";
import { keptBy } from "../../../store/kept.ts";
import type { Store } from "../../../store/store.ts";
import type { AskedResponse } from "../asked.ts";
import { joinConversation } from "../state/keep.ts";
import { isOpen, storedResponses } from "../state/stored-response.ts";
import { type Batch, createEventLog } from "./event-log.ts";
import { dropLease, type Lease, takeLease } from "./lease.ts";
import { persist } from "./persist.ts";
import { dropWish, type Wish, wishOf } from "./wish.ts";

/** What is kept of a response while it is made. Nobody else writes it as long as the lease holds. */
export interface Records {
  /** As it was promised, with its input. @throws BedrockOpenAIError 503 where it is not kept; nothing of it is then. */
  open(response: ResponseObject, events: readonly ResponseEvent[]): Promise<void>;
  /** What became of it on the way. */
  update(response: ResponseObject): Promise<void>;
  add(event: ResponseEvent): Promise<void>;
  /** Nothing where somebody else has ended it: a maker that was taken for dead. */
  end(response: ResponseObject, events: readonly ResponseEvent[]): Promise<void>;
  beat(): Promise<void>;
  /** What is wanted of it, asked once. */
  lookForWish(): Promise<Wish | undefined>;
  /** As if it had never been promised: nothing of it is left, also where somebody else deletes it meanwhile. */
  forget(response: ResponseObject): Promise<void>;
  /** Nobody works at it any longer. */
  leave(): Promise<void>;
}

interface RecordsOptions {
  asked: AskedResponse;
  id: string;
  /** How long events are gathered, in milliseconds. */
  every: number;
  onKept: () => void;
}

/** The records of one response, in the store of its caller. */
export async function recordsOf(
  context: CallContext,
  store: Store,
  { asked, id, every, onKept }: RecordsOptions,
): Promise<Records> {
  const [responses, batches, leases, wishes] = await Promise.all([
    storedResponses(context).then((found) => found!),
    keptBy<Batch>(context, store, "events"),
    keptBy<Lease>(context, store, "events"),
    keptBy<Wish>(context, store, "events"),
  ]);
  const log = createEventLog({ id, batches, every, onKept });
  const forget = async (response: ResponseObject): Promise<void> => {
    await Promise.all([responses.forget(response), log.forget(), dropLease(leases, id)]);
  };
  return {
    async open(response, events) {
      try {
        await takeLease(leases, id);
        await log.begin(events);
        await responses.keep(asked, response);
      } catch (thrown) {
        // Its caller is told what went wrong first.
        await forget(response).catch(() => undefined);
        throw thrown;
      }
    },
    forget,
    async update(response) {
      await persist(async () => {
        const stored = await responses.find(id);
        if (stored && isOpen(stored)) await responses.update(stored, response);
      });
    },
    add: log.add,
    async end(response, events) {
      await log.flush();
      const isEnded = await persist(async () => {
        const stored = await responses.find(id);
        if (!stored || !isOpen(stored)) return false;
        // First: who sees it done goes on in its conversation.
        await joinConversation(context, asked, response);
        await responses.update(stored, response);
        return true;
      });
      if (!isEnded) return;
      for (const event of events) await log.add(event);
      await log.flush();
    },
    beat: () => takeLease(leases, id),
    lookForWish: () => wishOf(wishes, id),
    async leave() {
      await Promise.allSettled([dropLease(leases, id), dropWish(wishes, id)]);
    },
  };
}
