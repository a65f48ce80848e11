import { BedrockOpenAIError } from "../../errors.ts";

/** A stream that ended before its answer did, or that nobody can read. */
export const brokenOff = (model: string, cause?: unknown): BedrockOpenAIError =>
  new BedrockOpenAIError(
    502,
    `The answer of '${model}' broke off: Bedrock's stream ended early or was damaged.`,
    { type: "server_error", code: "stream_interrupted", cause },
  );
