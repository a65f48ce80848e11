import { randomUUID } from "node:crypto";
import { tellSent } from "../../../http/room.ts";
import type { HttpResponse } from "../codec.ts";
import type { Operation, Parcel } from "../parcel.ts";
import { envelopeOf } from "./envelope.ts";
import type { Identity } from "./identity.ts";
import { isLean, type Lender } from "./lender.ts";
import { contradicts, letter } from "./letter.ts";

/** A request that was sent without the SDK's middleware stack. */
export interface Attempt {
  /** What AWS knows the call by, however often it is tried. */
  invocationId: string;
  /** Whoever it was made as. */
  identity: Identity;
  /** With what the signer has noted there: when it signed, and how far the clock was off by then. */
  signingProperties: Readonly<Record<string, unknown>>;
  /** What the SDK's request handler says. */
  answer: Promise<{ response: HttpResponse }>;
  /** Tells the SDK that all went well. */
  succeeded(response: HttpResponse): Promise<void>;
}

/** The part of the SDK's retry strategy that counts; `isPlain` has seen it. */
interface RetryStrategy {
  acquireInitialRetryToken(scope: string): Promise<unknown>;
  recordSuccess(token: unknown): void;
}

const STREAMS: ReadonlySet<Operation> = new Set(["ConverseStream", "InvokeModelWithResponseStream"]);

/**
 * Sends a parcel once, by the lender's signer and request handler. Undefined for what only the SDK has an answer to: nothing has
 * been sent then.
 * @throws What the SDK throws where it does not get as far as sending.
 */
export async function attempt(
  lender: Lender,
  parcel: Parcel,
  abortSignal: AbortSignal,
): Promise<Attempt | undefined> {
  if (!parcel.modelId) return undefined;
  const { config } = lender;
  const { envelope, identity } = await envelopeOf(lender, parcel.operation);
  if (contradicts(parcel, envelope)) return undefined;

  const invocationId = randomUUID();
  const request = letter(envelope, parcel);
  if (isLean(lender)) lender.tell(request);
  request.headers["amz-sdk-invocation-id"] = invocationId;
  request.headers["amz-sdk-request"] = `attempt=1; max=${await config.maxAttempts()}`;
  const { httpAuthOption, signer } = envelope.scheme;
  const signingProperties = { ...httpAuthOption.signingProperties };
  const signed = await signer.sign(request, identity, signingProperties).catch(() => undefined);
  if (!signed) return undefined;

  const isEventStream = STREAMS.has(parcel.operation);
  const options = { abortSignal, ...(isEventStream && { isEventStream }) };
  return {
    invocationId,
    identity,
    signingProperties,
    answer: config.requestHandler.handle(signed as never, options) as Promise<{ response: HttpResponse }>,
    async succeeded(response) {
      if (parcel.body) tellSent(parcel.body, () => response.isSent?.() === true);
      // The connection holds its request as long as the answer comes, and nobody will send it again.
      signed.body = undefined;
      signer.successHandler?.(response, signingProperties);
      if (isLean(lender)) return;
      const retries = (await lender.config.retryStrategy()) as unknown as RetryStrategy;
      retries.recordSuccess(await retries.acquireInitialRetryToken(""));
    },
  };
}
