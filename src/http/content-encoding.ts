import { BedrockOpenAIError } from "../errors.ts";

/**
 * Why a body could not be read that its sender has packed; undefined where it is said to be plain. Not before it is read: what
 * stands before us may have unpacked it, and parsers leave the header as it came.
 */
export function packedBody({ headers }: Request, cause: unknown): BedrockOpenAIError | undefined {
  const encoding = (headers.get("content-encoding") ?? "").trim().toLowerCase();
  if (encoding === "" || encoding === "identity") return undefined;
  return new BedrockOpenAIError(
    415,
    `Unsupported content encoding: '${encoding.slice(0, 100)}'. This API does not unpack request bodies. (HINT: Send the ` +
      "body as it is, without a 'Content-Encoding' header, or have your framework unpack it before it comes here.)",
    { type: "invalid_request_error", code: "unsupported_content_encoding", cause },
  );
}
