import { BedrockOpenAIError } from "../../errors.ts";

/**
 * Nobody asks AWS to compress, so whoever did stands between, and most hold a stream back to do it: it is said, and not undone.
 * @throws BedrockOpenAIError 502 `encoded_response`.
 */
export function refuseEncoded({
  statusCode,
  headers,
}: {
  statusCode: number;
  headers: Record<string, string>;
}): void {
  // A refusal tells enough by its status.
  if (statusCode >= 300 || !isEncoded(headers)) return;
  throw new BedrockOpenAIError(
    502,
    "Bedrock's answer came compressed, which nobody asked for. Something between this server and AWS does that.",
    {
      type: "server_error",
      code: "encoded_response",
      headers: { "x-should-retry": "false" },
      cause: new Error(`The answer has the content-encoding '${headers["content-encoding"]}'.`),
    },
  );
}

/** Whether a body is other than it was written. */
export const isEncoded = (headers: Readonly<Record<string, string>>): boolean =>
  !/^(identity)?$/i.test(headers["content-encoding"] ?? "");
