import { BedrockOpenAIError } from "../errors.ts";

/** Characters, which in a URL are bytes: four ARNs of the longest. */
const MAX_URL = 8 * 1024;

/** Characters of all names and values. Node's own HTTP server refuses 16 KiB before they come here. */
const MAX_HEADERS = 64 * 1024;

/** @throws BedrockOpenAIError 414 or 431 for a head that no client means, before anything looks at it. */
export function refuseOversize({ url, headers }: Pick<Request, "url" | "headers">): void {
  if (url.length > MAX_URL)
    throw tooLong(414, "url_too_long", `The URL is too long: at most ${MAX_URL} characters.`);
  let size = 0;
  for (const [name, value] of headers) size += name.length + value.length;
  if (size > MAX_HEADERS)
    throw tooLong(431, "headers_too_large", `The headers are too large: at most ${MAX_HEADERS} characters.`);
}

const tooLong = (status: number, code: string, message: string): BedrockOpenAIError =>
  new BedrockOpenAIError(status, message, { type: "invalid_request_error", code });
