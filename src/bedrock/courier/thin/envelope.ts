import type { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";
import { type Awaitable, isPending } from "../../../awaitable.ts";
import { isOurs } from "../../clients/furnish.ts";
import { createCommand } from "../command.ts";
import { refuseBroken } from "../../credentials/broken-key.ts";
import { addAfter } from "../middleware-stack.ts";
import type { Operation } from "../parcel.ts";
import { isLean, type Lender } from "./lender.ts";
import { askIdentity, type Identity, isToldAs, type Scheme } from "./identity.ts";

/** What is the same in all requests of one client and operation, as the SDK itself writes it. */
export interface Envelope {
  /** As the SDK's endpoint rules say it. */
  address: string;
  /** Words in which that was given last. */
  given?: string;
  /** Its path names the model `MODEL`. */
  request: Request;
  /** Headers over which a parcel's own count. */
  written: Readonly<Record<string, string>>;
  /** Headers that count over a parcel's. */
  added: Readonly<Record<string, string>>;
  scheme: Scheme;
}

export interface Request {
  method: string;
  protocol: string;
  hostname: string;
  port?: number;
  path: string;
  query: Record<string, string | string[]>;
  headers: Record<string, string>;
}

/** No other part of a path is called so. */
export const MODEL = "bedrock-openai-model";

const kept = new WeakMap<Lender, Map<Operation, Awaitable<Envelope>>>();

/** The envelope, written anew when the SDK would write another one. @throws What the SDK throws before it sends anything. */
export async function envelopeOf(
  lender: Lender,
  operation: Operation,
): Promise<{ envelope: Envelope; identity: Identity }> {
  const there = kept.get(lender)?.get(operation);
  const held = isPending(there) ? await there : there;
  // The address that ours were made with stays.
  const ask = isLean(lender) || isOurs(lender) ? undefined : lender.config.endpoint;
  if (held && (!ask || (await isStillAt(held, ask)))) {
    const identity = await (isLean(lender) ? lender.identity() : askIdentity(lender.config, held.scheme));
    if (identity !== held.scheme.identity) refuseBroken(identity);
    if (isToldAs(identity, held.scheme.identity)) return { envelope: held, identity };
  }
  const envelope = await keep(lender, operation);
  return { envelope, identity: envelope.scheme.identity };
}

type AskEndpoint = NonNullable<BedrockRuntimeClient["config"]["endpoint"]>;

/** An address that somebody has given may be another with every call. */
async function isStillAt(envelope: Envelope, endpoint: AskEndpoint): Promise<boolean> {
  const { protocol, hostname, port, path, headers } = await endpoint();
  if (headers) return false;
  const given = `${protocol}//${hostname}${port === undefined ? "" : `:${port}`}${path}`;
  if (given !== envelope.given) {
    if (envelope.address !== new URL(given).href) return false;
    envelope.given = given;
  }
  return true;
}

function keep(lender: Lender, operation: Operation): Promise<Envelope> {
  const ofLender = kept.get(lender) ?? new Map<Operation, Awaitable<Envelope>>();
  kept.set(lender, ofLender);
  const writing = sound(isLean(lender) ? lender.write(operation) : write(lender, operation));
  ofLender.set(operation, writing);
  const isLatest = (): boolean => ofLender.get(operation) === writing;
  writing.then(
    (written) => isLatest() && ofLender.set(operation, written),
    // What could not be written is asked for again.
    () => isLatest() && ofLender.delete(operation),
  );
  return writing;
}

/** The one that it was written for can sign. */
async function sound(writing: Promise<Envelope>): Promise<Envelope> {
  const envelope = await writing;
  refuseBroken(envelope.scheme.identity);
  return envelope;
}

interface Context {
  endpointV2: { url: URL };
  __smithy_context: { selectedHttpAuthScheme: Scheme };
}

type Taken = Pick<Envelope, "address" | "request" | "scheme">;

type Next = (args: { request: Request }) => unknown;

/** Lets the SDK write an empty letter, and takes it before it is sent. */
async function write(client: BedrockRuntimeClient, operation: Operation): Promise<Envelope> {
  const command = await createCommand(operation, MODEL);
  let written: Record<string, string> = {};
  const note = (next: Next) => (args: { request: Request }) => {
    written = { ...args.request.headers };
    return next(args);
  };
  const take =
    (_: Next, context: Context) =>
    async ({ request }: { request: Request }): Promise<{ output: Taken }> => ({
      output: {
        address: context.endpointV2.url.href,
        request,
        scheme: context.__smithy_context.selectedHttpAuthScheme,
      },
    });
  addAfter(command.middlewareStack, "serializerMiddleware", "bedrockOpenAINoteHeaders", note);
  command.middlewareStack.addRelativeTo(take as never, {
    relation: "before",
    toMiddleware: "retryMiddleware",
    name: "bedrockOpenAITakeEnvelope",
  });
  // Without options the SDK may keep what it makes of the command, for others too.
  const taken = (await client.send(command, {})) as unknown as Taken;
  return { ...taken, written, added: addedTo(written, taken.request.headers) };
}

/** What stands in a letter's headers beside those that its body has written. */
export const addedTo = (
  written: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>>,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).filter(([name, value]) => name !== "content-length" && written[name] !== value),
  );
