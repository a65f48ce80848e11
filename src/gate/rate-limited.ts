import { BedrockOpenAIError } from "../errors.ts";

/**
 * OpenAI's refusal of who calls too often.
 * @param ms When the call may be made again.
 */
export const rateLimited = (
  message: string,
  ms: number,
  headers: Readonly<Record<string, string>> = {},
): BedrockOpenAIError =>
  new BedrockOpenAIError(429, `${message} Please try again in ${toWait(ms)}.`, {
    type: "rate_limit_error",
    code: "rate_limit_exceeded",
    headers: {
      // The one is for whoever reads no other, and not too early for the bound.
      "retry-after": String(Math.max(1, Math.ceil(ms / 1000))),
      "retry-after-ms": String(Math.ceil(ms)),
      ...headers,
    },
  });

/** Clients read it out of the message: `17ms`, `1.5s`, `65s`. */
const toWait = (ms: number): string => (ms < 1000 ? `${Math.ceil(ms)}ms` : `${Math.ceil(ms / 100) / 10}s`);

/** As OpenAI's headers have it: `17ms`, `1.5s`, `6m0s`. */
export function toDuration(ms: number): string {
  if (ms < 1000) return ms <= 0 ? "0s" : `${Math.ceil(ms)}ms`;
  const tenths = Math.ceil(ms / 100);
  const minutes = Math.floor(tenths / 600);
  const seconds = (tenths % 600) / 10;
  return minutes > 0 ? `${minutes}m${seconds}s` : `${seconds}s`;
}
