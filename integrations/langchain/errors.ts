import { BedrockOpenAIError } from "../../src/index.ts";

/** LangChain's names for what its tools tell apart, by status. Source: LangChain's error reference. */
const CODES: Readonly<Record<number, string>> = {
  401: "MODEL_AUTHENTICATION",
  404: "MODEL_NOT_FOUND",
  429: "MODEL_RATE_LIMIT",
};

/** The same error, with LangChain's `lc_error_code` where it has one for it. */
export function withErrorCode(thrown: unknown): unknown {
  if (!BedrockOpenAIError.isInstance(thrown)) return thrown;
  const code = thrown.message.includes("tool_call_id") ? "INVALID_TOOL_RESULTS" : CODES[thrown.status];
  return code === undefined ? thrown : Object.assign(thrown, { lc_error_code: code });
}
