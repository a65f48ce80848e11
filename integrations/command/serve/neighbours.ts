import { isIP } from "node:net";
import { hostname } from "node:os";
import { BedrockOpenAIError } from "../../../src/index.ts";

/**
 * For `authorize`, where no API key is asked for because only this machine reaches the port: so does every page that a browser
 * on it has open. One of another site is told by its `Origin`; one whose name was made to lead here (DNS rebinding) by its
 * `Host`, since no address can be made to lead elsewhere.
 * @param pages Origins that the operator has listed. That any page may read answers lets none of them ask.
 */
export const neighboursAnd =
  (pages: ReadonlySet<string>) =>
  /** @throws BedrockOpenAIError 403 for pages of other sites. */
  ({ url, headers }: Request): true => {
    const host = new URL(url).hostname;
    if (!isNearHost(host)) throw stranger(host);
    const origin = headers.get("origin");
    if (origin !== null && !pages.has(origin) && !isNearOrigin(origin)) throw stranger(origin);
    return true;
  };

export const requireNeighbour = neighboursAnd(new Set());

/** Names that no DNS of the internet's can give away: RFC 6761, RFC 6762, ICANN's `internal`. */
const PRIVATE = /(^|\.)(localhost|local|internal)$/;

const isNearHost = (host: string): boolean =>
  isAddress(host) || PRIVATE.test(host) || host === hostname().toLowerCase();

/** A page at an address may be anyone's. What is no website, such as an editor's window, is an app of this machine. */
function isNearOrigin(origin: string): boolean {
  // `null` is a frame in a sandbox, whosever page it stands in.
  if (!URL.canParse(origin)) return false;
  const { protocol, hostname: host } = new URL(origin);
  return !/^https?:$/.test(protocol) || isLoopback(bare(host)) || host.endsWith(".localhost");
}

const isAddress = (host: string): boolean => isIP(bare(host)) > 0;

/** IPv6 addresses stand in brackets in a URL. */
const bare = (host: string): string => host.replace(/^\[|\]$/g, "");

/** Addresses and the one name that lead to this machine alone. */
export const isLoopback = (host: string): boolean =>
  host.toLowerCase() === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));

const stranger = (who: string): BedrockOpenAIError =>
  new BedrockOpenAIError(
    403,
    `Without API keys this server takes no calls from '${who.slice(0, 100)}', which is not this machine. (HINT: Start it with ` +
      "--api-key, list the page with --cors-origin, or give --allow-anyone where something else keeps strangers out.)",
    { type: "invalid_request_error", code: "not_this_machine" },
  );
