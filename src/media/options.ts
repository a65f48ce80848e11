import { isAllowEntry } from "./allow-entry.ts";

/** How media that callers name by http(s) URL is downloaded. All are optional. */
export interface MediaOptions {
  /**
   * Whether http(s) media is downloaded: `true`, `false`, or a function that does it instead. Such a function alone
   * answers for which addresses may be reached; size, time and status of its answers are held to the same bounds.
   * Default: `true`.
   */
  fetch?: boolean | ((url: string, signal: AbortSignal) => Promise<Response>);
  /**
   * What may be private, for media servers inside your network: host names (`media.example.com`), all names below one
   * (`*.example.com`), addresses or CIDR blocks (`10.1.0.0/16`). A name opens private addresses only; link-local and
   * other special ones need a block, and the metadata services of clouds stay closed whatever is listed. Default: none.
   */
  allowPrivate?: readonly string[];
  /** Bound on one download, in bytes. Default: 25 MiB. */
  maxBytes?: number;
  /** Bound on one download from start to end, in milliseconds, redirects included. Default: 15 seconds. */
  timeout?: number;
  /** How many redirects one download may follow. Default: 3. */
  maxRedirects?: number;
}

const MEMBERS: Readonly<Record<keyof MediaOptions, true>> = {
  fetch: true,
  allowPrivate: true,
  maxBytes: true,
  timeout: true,
  maxRedirects: true,
};

export type ResolvedMediaOptions = Readonly<Required<MediaOptions>>;

/**
 * The options with their defaults.
 * @throws TypeError for what would otherwise silently be no bound, or allow nothing or everything.
 */
export function resolveMediaOptions(options: MediaOptions): ResolvedMediaOptions {
  checkMembers(options);
  const {
    fetch = true,
    allowPrivate = [],
    maxBytes = 25 * 1024 * 1024,
    timeout = 15_000,
    maxRedirects = 3,
  } = options;
  for (const [name, value] of Object.entries({ maxBytes, timeout })) {
    if (!(Number.isFinite(value) && value > 0))
      throw new TypeError(`bedrock-openai: 'media.${name}' must be a positive number.`);
  }
  if (!Number.isInteger(maxRedirects) || maxRedirects < 0) {
    throw new TypeError("bedrock-openai: 'media.maxRedirects' must be a whole number, 0 or more.");
  }
  if (typeof fetch !== "boolean" && typeof fetch !== "function") {
    throw new TypeError("bedrock-openai: 'media.fetch' must be true, false or a function.");
  }
  if (!Array.isArray(allowPrivate) || !allowPrivate.every(isAllowEntry)) {
    throw new TypeError(
      "bedrock-openai: 'media.allowPrivate' must list host names, '*.' and a host name, addresses or CIDR blocks.",
    );
  }
  return { fetch, allowPrivate, maxBytes, timeout, maxRedirects };
}

/** What is not understood would leave downloads as open as they are by default. */
function checkMembers(options: unknown): void {
  if (typeof options !== "object" || options === null || Array.isArray(options))
    throw new TypeError(
      "bedrock-openai: 'media' must be an object; { fetch: false } is how nothing is downloaded.",
    );
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(MEMBERS, name));
  if (unknown === undefined) return;
  const known = Object.keys(MEMBERS).join(", ");
  throw new TypeError(`bedrock-openai: 'media' has no '${unknown.slice(0, 100)}'; known are ${known}.`);
}
