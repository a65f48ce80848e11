import { BedrockOpenAIError } from "../errors.ts";

/** Lower case, without parameters; empty where none is declared. */
export const mediaTypeOf = ({ headers }: Request): string =>
  (headers.get("content-type") ?? "").split(";", 1)[0]!.trim().toLowerCase();

export const isJson = (mediaType: string): boolean =>
  mediaType === "application/json" || mediaType.endsWith("+json");

export const isMultipart = (mediaType: string): boolean => mediaType === "multipart/form-data";

/** 415, in OpenAI's words. */
export const unsupportedContentType = (mediaType: string, accepted: readonly string[]): BedrockOpenAIError =>
  new BedrockOpenAIError(
    415,
    `Unsupported content type: '${mediaType.slice(0, 100)}'. This API method only accepts ` +
      `${accepted.map((each) => `'${each}'`).join(" and ")} requests, but you specified a different ` +
      "'Content-Type' header.",
    { type: "invalid_request_error", code: "unsupported_content_type" },
  );
