import type { BedrockRuntimeClient, InvokeModelCommand } from "@aws-sdk/client-bedrock-runtime";
import type { ClientsOf } from "../clients/accounts.ts";
import { addEntryHeaders } from "../clients/client-middleware.ts";
import { type Body, type Codec, replaceCodec } from "./codec.ts";
import type { Delivery, Operation, Parcel } from "./parcel.ts";
import { once } from "../once.ts";
import { spare } from "./spare.ts";
import { createWatch, watched } from "./watch.ts";

export type Courier = (parcel: Parcel) => Promise<Delivery>;

export interface CourierTimeouts {
  firstByte: number;
  idle: number;
}

/**
 * Sends JSON through the SDK client's own middleware stack (endpoint, credentials, signing, retries, whatever the user
 * added) and hands over the raw body, by two public middlewares that stand in for the generated codec.
 */
export function createCourier(
  clientsOf: ClientsOf<"runtime" | "agentRuntime" | "mantle">,
  timeouts: CourierTimeouts,
): Courier {
  return async (parcel) => {
    const watch = createWatch(parcel.signal);
    watch.expect(timeouts.firstByte);
    let codec: Codec = {};
    try {
      const command = await createCommand(parcel);
      addEntryHeaders(command, parcel.account?.headers);
      codec = replaceCodec(command.middlewareStack, parcel, EMPTY[parcel.operation]);
      const { tries } = parcel;
      if (tries) spare(command.middlewareStack, tries, codec);
      const clients = clientsOf(parcel.account);
      const client: Promise<BedrockRuntimeClient> = clients[parcel.to?.host ?? "runtime"](parcel.region);
      const sent = client.then((sdk) => sdk.send(command, { abortSignal: watch.signal }));
      // The SDK does not stop looking for credentials when the signal fires.
      const output = await watch.race(sent);
      if (tries) tries.answered = true;
      const { taken } = codec;
      if (!taken) watch.end();
      return {
        requestId: output.$metadata?.requestId ?? requestIdIn(taken?.headers),
        status: taken?.statusCode ?? 200,
        headers: taken?.headers ?? {},
        body: taken ? watched(taken.body, watch, timeouts.idle) : empty(),
        output: taken ? undefined : output,
      };
    } catch (thrown) {
      const error = codec.failed ? codec.failed.reason : thrown;
      // A middleware of the user's may have failed after AWS began to answer.
      watch.abort(error);
      watch.end();
      throw watch.reason(error);
    }
  };
}

/** AWS's name for it, or that of its native endpoints. */
const requestIdIn = (headers: Readonly<Record<string, string>> = {}): string | undefined =>
  headers["x-amzn-requestid"] ?? headers["x-request-id"];

const loadSdk = once(() => import("@aws-sdk/client-bedrock-runtime"));

/** They differ in what their codecs make of the body, and here nobody asks the codecs. */
async function createCommand({ operation, modelId }: Parcel): Promise<InvokeModelCommand> {
  const sdk = await loadSdk();
  const Command = sdk[`${operation}Command`] as unknown as typeof InvokeModelCommand;
  return new Command({ modelId });
}

/** What the SDK's own deserialiser is left with: as much as it needs to find nothing. */
const EMPTY: Record<Operation, Body> = {
  Converse: new Uint8Array(),
  ConverseStream: { [Symbol.asyncIterator]: empty },
  InvokeModel: new Uint8Array(),
  InvokeModelWithResponseStream: { [Symbol.asyncIterator]: empty },
  CountTokens: new Uint8Array(),
};

async function* empty(): AsyncGenerator<Uint8Array> {}
