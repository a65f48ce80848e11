import type * as z from "../schema/z.ts";
import type { CallContext } from "../context.ts";
import { readJson } from "../http/json.ts";
import { parseBody } from "./parse-request.ts";

/**
 * The JSON body of a request that no model answers.
 * @throws BedrockOpenAIError 400, 408, 413 or 415 for a body that is none of this endpoint's.
 */
export async function readPlain<T extends z.Schema>(
  { request, options, signal }: CallContext,
  schema: T,
): Promise<z.output<T>> {
  const limits = { maxBytes: options.maxBodyBytes, idleMs: options.timeouts.body, signal };
  return parseBody(schema, hasNoBody(request) ? {} : (await readJson(request, limits, () => [])).value);
}

/** Clients send none where they have nothing to say. */
const hasNoBody = ({ headers }: Request): boolean =>
  !headers.has("content-type") &&
  !headers.has("transfer-encoding") &&
  Number(headers.get("content-length") ?? 0) === 0;
