import type { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";
import { type Awaitable, isPending } from "../../awaitable.ts";
import type { ClientsOf } from "../clients/accounts.ts";
import { rereadSharedFiles } from "../clients/shared-files.ts";
import { isOfAccess } from "../credentials/is-of-access.ts";
import { type Carried, carry } from "./carry.ts";
import { InOnePiece } from "./in-one-piece.ts";
import type { Delivery, Destination, Parcel } from "./parcel.ts";
import type { Lender } from "./thin/lender.ts";
import { Watch, watched } from "./watch.ts";

export type Courier = (parcel: Parcel) => Promise<Delivery>;

export interface CourierTimeouts {
  firstByte: number;
  idle: number;
}

/** Sends JSON as an SDK client would, and hands over the raw body of what AWS answers. */
export function createCourier(
  clientsOf: ClientsOf<"lean" | "runtime" | "agentRuntime" | "mantle">,
  timeouts: CourierTimeouts,
): Courier {
  return async (parcel) => {
    const watch = new Watch(parcel.signal);
    watch.expect(timeouts.firstByte);
    try {
      const clients = clientsOf(parcel.account);
      const { to, region } = parcel;
      const load = (): Awaitable<BedrockRuntimeClient> => clients[to?.host ?? "runtime"](region);
      const lean = isAway(to) ? undefined : clients.lean(region);
      const lender = isPending(lean) ? lean.then((made) => made ?? load()) : (lean ?? load());
      const send = (found: Lender): Promise<Carried> => carry(found, parcel, watch.signal, load);
      // The SDK does not stop looking for credentials when the signal fires.
      const carried = await watch.race(isPending(lender) ? lender.then(send) : send(lender));
      if (parcel.tries) parcel.tries.answered = true;
      return delivery(carried, parcel.signal, watch, timeouts.idle);
    } catch (error) {
      // A middleware of the user's may have failed after AWS began to answer.
      watch.abort(error);
      if (isOfAccess(error)) void rereadSharedFiles();
      watch.end();
      throw watch.reason(error);
    }
  };
}

const isAway = (to: Destination | undefined): boolean => to !== undefined && to.host !== "runtime";

function delivery(carried: Carried, signal: AbortSignal, watch: Watch, idle: number): Delivery {
  if ("output" in carried) {
    watch.end();
    const { output } = carried;
    return { requestId: output.$metadata?.requestId, status: 200, headers: {}, body: empty(), output };
  }
  const { statusCode: status, headers, body, isUnshared } = carried.taken;
  return {
    requestId: requestIdIn(headers),
    status,
    headers,
    body: body instanceof Uint8Array ? inOnePiece(body, watch, signal) : watched(body, watch, idle),
    isUnshared,
    output: undefined,
  };
}

/** AWS's names for it, and that of its native endpoints. */
const REQUEST_IDS = ["x-amzn-requestid", "x-amzn-request-id", "x-amz-request-id", "x-request-id"] as const;

function requestIdIn(headers: Readonly<Record<string, string>>): string | undefined {
  for (const name of REQUEST_IDS) if (headers[name] !== undefined) return headers[name];
  return undefined;
}

function inOnePiece(bytes: Uint8Array, watch: Watch, signal: AbortSignal): InOnePiece {
  watch.end();
  return new InOnePiece(bytes, signal);
}

async function* empty(): AsyncGenerator<Uint8Array> {}
