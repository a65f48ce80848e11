import type { Target } from "../../../bedrock/models/target.ts";
import type { CallContext } from "../../../context.ts";
import type { JsonObject } from "../../../conversation/types.ts";
import type { Attachments } from "../../../http/attachments.ts";
import type { Explanation } from "../../ask.ts";

/** A request in Anthropic's words. */
export interface AskedMessage {
  /** The validated body as it came, with the operator's defaults; without `betas`. */
  body: JsonObject;
  /** Of the header `anthropic-beta` and the body's `betas`. */
  betas: readonly string[];
  /** The files that tokens stand for in the body. */
  attachments: Attachments;
}

/** What AWS answers in Anthropic's own words. */
export type PassedMessage =
  | { explanation: Explanation }
  | { message: JsonObject }
  /** SSE text to the very end; a failure is its last frame. Whoever is at its end has released the call. */
  | { frames: AsyncGenerator<string, void, undefined> };

/**
 * Claude's answer to a request that AWS can take as it came; undefined where the request has to be translated, also when AWS
 * refused something only now.
 */
export async function passThrough(
  _context: CallContext,
  _target: Target,
  _asked: AskedMessage,
): Promise<PassedMessage | undefined> {
  return undefined;
}
