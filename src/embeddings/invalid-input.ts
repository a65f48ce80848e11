import { type BedrockOpenAIError, invalidRequest } from "../errors.ts";

/** OpenAI's words for an input that it does not take, and what is wrong with it. */
export const invalidInput = (at: string, wrong: string, code = "invalid_value"): BedrockOpenAIError =>
  invalidRequest(`'$.input' is invalid: '${at}' cannot be embedded, since ${wrong}.`, { code, param: at });
