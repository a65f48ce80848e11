import type { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";
import type { Awaitable } from "../../awaitable.ts";
import { addEntryHeaders } from "../clients/client-middleware.ts";
import { replaceCodec, type Taken, takenFrom } from "./codec.ts";
import { createCommand } from "./command.ts";
import type { Parcel } from "./parcel.ts";
import { replay } from "./replay.ts";
import { countTry, spare } from "./spare.ts";
import { attempt, type Attempt } from "./thin/attempt.ts";
import { isPlain } from "./thin/is-plain.ts";
import { isLean, type Lender } from "./thin/lender.ts";

/** An answer, or what the SDK client gave in its place: a test double answers for the SDK's transport too. */
export type Carried = { taken: Taken } | { output: { $metadata?: { requestId?: string } } };

/**
 * Sends a parcel through the SDK client's own middleware stack; where nobody has added to that, without it, as long as AWS answers with
 * success. Whatever else it answers, the stack is told.
 * @param load Gets the client in the place of a lender that is none.
 */
export async function carry(
  lender: Lender,
  parcel: Parcel,
  signal: AbortSignal,
  load: () => Awaitable<BedrockRuntimeClient>,
): Promise<Carried> {
  const plain = isLean(lender) || isPlain(lender);
  const sent = plain === true || (await plain) ? await attempt(lender, parcel, signal) : undefined;
  if (sent && parcel.tries) countTry(parcel.tries);
  const taken = sent && (await takenOf(sent, parcel));
  if (taken) return { taken };
  // Nobody waits for what the stack would say of it.
  if (signal.aborted) throw signal.reason;
  return carryByStack(isLean(lender) ? await load() : lender, parcel, signal, sent);
}

/** Undefined where it is no success. */
async function takenOf({ answer, succeeded }: Attempt, { to }: Parcel): Promise<Taken | undefined> {
  const answered = await answer.catch(() => undefined);
  const taken = answered && takenFrom(answered.response, to);
  if (!taken) return undefined;
  await succeeded(answered.response);
  // Middleware of the user's, which might have kept some of them, there is none.
  return { ...taken, isUnshared: answered.response.isUnshared };
}

/** Two public middlewares stand in for the generated codec. @param sent What AWS has been asked already. */
async function carryByStack(
  client: BedrockRuntimeClient,
  parcel: Parcel,
  abortSignal: AbortSignal,
  sent: Attempt | undefined,
): Promise<Carried> {
  const { operation, modelId, account, tries } = parcel;
  const command = await createCommand(operation, modelId);
  const { middlewareStack } = command;
  addEntryHeaders(command, account?.headers);
  const codec = replaceCodec(middlewareStack, parcel);
  if (tries) spare(middlewareStack, tries, codec, sent ? 1 : 0);
  if (sent) replay(middlewareStack, sent);
  try {
    const output = await client.send(command, { abortSignal });
    return codec.taken ? { taken: codec.taken } : { output };
  } catch (thrown) {
    throw codec.failed ? codec.failed.reason : thrown;
  }
}
