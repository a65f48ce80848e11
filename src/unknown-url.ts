import { BedrockOpenAIError } from "./errors.ts";

export const unknownUrl = (method: string, pathname: string): BedrockOpenAIError =>
  new BedrockOpenAIError(404, `Invalid URL (${method} ${pathname.slice(0, 200)})`, {
    type: "invalid_request_error",
    code: "unknown_url",
  });
