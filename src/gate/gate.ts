import type { Awaitable } from "../awaitable.ts";
import { BedrockOpenAIError } from "../errors.ts";
import { apiKeyOf, masked } from "../http/api-key.ts";
import type { ResolvedOptions } from "../options.ts";
import type { Caller } from "./caller.ts";
import { createKeyring } from "./keys.ts";
import { type CheckTarget, readCaller } from "./read-caller.ts";

/**
 * Lets a call in.
 * @returns what `authorize` says of the caller.
 * @throws BedrockOpenAIError 401 for callers who may not call, and whatever `authorize` throws; 500 where what it says is no
 * caller, 503 where the keys are not to be had.
 */
export type Gate = (request: Request, context: unknown) => Awaitable<Caller>;

/** Of whom nothing is known. */
const ANYONE: Caller = {};

export function createGate(
  { apiKeys, authorize, logger }: Pick<ResolvedOptions, "apiKeys" | "authorize" | "logger">,
  checkTarget: CheckTarget,
): Gate {
  if (!apiKeys && !authorize) return () => ANYONE;
  const isKnown = apiKeys && createKeyring(apiKeys, logger);
  return async (request, context) => {
    const key = apiKeyOf(request.headers);
    if (isKnown && !(key !== undefined && (await isKnown(key)))) throw unauthorized(key);
    const verdict: unknown = authorize ? await authorize(headOf(request), context) : true;
    if (verdict === true) return ANYONE;
    if (typeof verdict !== "object" || verdict === null) throw unauthorized(key);
    return readCaller(verdict, checkTarget);
  };
}

/** A body is read once, and not by whoever only asks who is there. */
const headOf = ({ url, method, headers, signal }: Request): Request =>
  new Request(url, { method, headers, signal });

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
