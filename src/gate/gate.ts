import { BedrockOpenAIError } from "../errors.ts";
import { apiKeyOf, masked } from "../http/api-key.ts";
import type { BedrockOpenAIOptions } from "../options.ts";
import type { Caller } from "./caller.ts";

/**
 * Lets a call in.
 * @returns what `authorize` says of the caller.
 * @throws BedrockOpenAIError 401 for callers who may not call, and whatever `authorize` throws.
 */
export type Gate = (request: Request, context: unknown) => Promise<Caller>;

/** Of whom nothing is known. */
const ANYONE: Caller = {};

export function createGate({
  apiKeys,
  authorize,
}: Pick<BedrockOpenAIOptions, "apiKeys" | "authorize">): Gate {
  if (!apiKeys && !authorize) return async () => ANYONE;
  const known =
    typeof apiKeys === "function" ? undefined : apiKeys && Promise.all(apiKeys.map((key) => digest(key)));
  return async (request, context) => {
    const key = apiKeyOf(request.headers);
    if (known && !(key !== undefined && isAmong(await known, await digest(key)))) throw unauthorized(key);
    const verdict = authorize ? await authorize(headOf(request), context) : ANYONE;
    if (verdict === true) return ANYONE;
    if (typeof verdict !== "object" || verdict === null) throw unauthorized(key);
    return verdict;
  };
}

/** A body is read once, and not by whoever only asks who is there. */
const headOf = ({ url, method, headers, signal }: Request): Request =>
  new Request(url, { method, headers, signal });

const digest = async (key: string): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(key)));

/** All of every key is looked at, so that the time it takes tells nothing of how much was right. */
function isAmong(keys: readonly Uint8Array[], key: Uint8Array): boolean {
  let found = false;
  for (const known of keys) {
    let difference = 0;
    for (const [at, byte] of known.entries()) difference |= byte ^ key[at]!;
    found = difference === 0 || found;
  }
  return found;
}

/** Source: OpenAI's own words for both. */
function unauthorized(key: string | undefined): BedrockOpenAIError {
  const headers = { "www-authenticate": "Bearer" };
  if (key === undefined)
    return new BedrockOpenAIError(
      401,
      "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth " +
        "(i.e. Authorization: Bearer YOUR_KEY).",
      { type: "invalid_request_error", headers },
    );
  return new BedrockOpenAIError(401, `Incorrect API key provided: ${masked(key)}.`, {
    type: "invalid_request_error",
    code: "invalid_api_key",
    headers,
  });
}
