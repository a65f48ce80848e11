import type { Asking } from "./renewing.ts";

/** AWS's words for an identity that has ended, or that it does not know (any more). */
const REFUSED =
  /^(ExpiredToken|ExpiredTokenException|RequestExpired|UnrecognizedClient|UnrecognizedClientException|InvalidClientTokenId)$/;

/** The same in words, which are all that the native endpoints send. */
const SAID_REFUSED = /security token included in the request is (expired|invalid)/i;

/** AWS's words for an API key. Source: its answers to keys that are wrong or old. */
const KEY_REFUSED = /api key|bearer token|authentication failed/i;

type Ask = (properties?: Asking) => Promise<object>;

/** The parts of an SDK client that are used. */
interface Client {
  config: { credentials?: unknown; token?: unknown };
  middlewareStack: {
    addRelativeTo(
      middleware: never,
      options: { relation: "before"; toMiddleware: string; name: string },
    ): void;
  };
}

interface Failure {
  name?: string;
  message?: string;
  $metadata?: { httpStatusCode?: number };
}

interface Scheme {
  identity: object;
  httpAuthOption: { schemeId: string };
}

type Context = Record<string, unknown>;
type Next = (args: object) => Promise<unknown>;

/**
 * Credentials may end before their time: a session is revoked, a key is rotated. What AWS refuses for that is sent once more, with
 * credentials that were asked for anew, where there are others. AWS has done nothing for a call that it refuses so.
 * @param reread Has what is kept of files read again, before anybody is asked: others may stand there by now.
 */
export function renewRefused({ config, middlewareStack }: Client, reread: () => Promise<void>): void {
  const askOnce = { credentials: calmly(reread), token: calmly(reread) };
  const middleware = (next: Next, context: Context) => async (args: object) => {
    try {
      return await next(args);
    } catch (thrown) {
      const scheme = schemeIn(context);
      if (!scheme || !isRefusal(thrown, scheme)) throw thrown;
      const kind = isBearer(scheme) ? "token" : "credentials";
      const renewed = await askOnce[kind](config[kind], scheme.identity);
      if (!renewed) throw thrown;
      scheme.identity = renewed;
      return next(args);
    }
  };
  middlewareStack.addRelativeTo(middleware as never, {
    relation: "before",
    toMiddleware: "httpSigningMiddleware",
    name: "bedrockOpenAIRenewRefused",
  });
}

const isBearer = ({ httpAuthOption }: Scheme): boolean => /bearer/i.test(httpAuthOption.schemeId);

function isRefusal(thrown: unknown, scheme: Scheme): boolean {
  const { name = "", message = "", $metadata } = (thrown ?? {}) as Failure;
  const isClosed = [401, 403].includes($metadata?.httpStatusCode ?? 0);
  if (isBearer(scheme)) return isClosed && KEY_REFUSED.test(message);
  return REFUSED.test(name.split(":", 1)[0]!.replace(/^.*#/, "")) || (isClosed && SAID_REFUSED.test(message));
}

/** Where the SDK keeps, for the signing that follows, whom it has chosen. */
const schemeIn = (context: Context): Scheme | undefined =>
  (context["__smithy_context"] as { selectedHttpAuthScheme?: Scheme } | undefined)?.selectedHttpAuthScheme;

/** Calls that are refused within this time ask for new credentials once. */
const PAUSE_MS = 2_000;

/** Gets what is in the place of a refused identity; undefined where there is nothing else. */
function calmly(reread: () => Promise<void>): (ask: unknown, refused: object) => Promise<object | undefined> {
  let last: { at: number; answer: Promise<object> } | undefined;
  const askAnew = async (ask: Ask): Promise<object> => {
    await reread();
    return ask({ forceRefresh: true });
  };
  const renew = (ask: Ask): Promise<object> => {
    if (!last || Date.now() - last.at >= PAUSE_MS) last = { at: Date.now(), answer: askAnew(ask) };
    return last.answer;
  };
  return async (ask, refused) => {
    if (typeof ask !== "function") return undefined;
    try {
      // Another call may have been refused before, and have brought new ones.
      const held = await (ask as Ask)();
      const other = isSame(held, refused) ? await renew(ask as Ask) : held;
      return isSame(other, refused) ? undefined : other;
    } catch {
      // AWS's own refusal says more.
      return undefined;
    }
  };
}

const MEMBERS = ["accessKeyId", "sessionToken", "secretAccessKey", "token"] as const;

const isSame = (one: object, other: object): boolean =>
  MEMBERS.every((member) => (one as Context)[member] === (other as Context)[member]);
