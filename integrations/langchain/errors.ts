import { BedrockOpenAIError } from "../../src/index.ts";

/** LangChain's `lc_error_code` by status. Source: what `@langchain/openai` gives to the same answers. */
const CODES: Readonly<Record<number, string>> = {
  401: "MODEL_AUTHENTICATION",
  404: "MODEL_NOT_FOUND",
  429: "MODEL_RATE_LIMIT",
};

/** What makes an error LangChain's ContextOverflowError to whoever asks: symbols that all copies of LangChain share. */
const OVERFLOW = ["langchain.error", "langchain.error.context-overflow"].map((name) => Symbol.for(name));

/** The same error under the names by which LangChain's own code tells errors apart. */
export function named(thrown: unknown): unknown {
  if (!BedrockOpenAIError.isInstance(thrown)) return thrown;
  if (thrown.code === "context_length_exceeded")
    for (const symbol of OVERFLOW) Object.defineProperty(thrown, symbol, { value: true });
  const code = thrown.message.includes("tool_call_id") ? "INVALID_TOOL_RESULTS" : CODES[thrown.status];
  return code === undefined ? thrown : Object.assign(thrown, { lc_error_code: code });
}
