import { BedrockOpenAIError, invalidRequest } from "../../../errors.ts";

/** For whom it is another's, a response does not exist. */
export const responseNotFound = (id: string): BedrockOpenAIError =>
  new BedrockOpenAIError(404, `Response with id '${id.slice(0, 200)}' not found.`, {
    type: "invalid_request_error",
    param: "id",
  });

/** A response that another was to stand on, which is no 404: the request is wrong. */
export const previousNotFound = (id: string): BedrockOpenAIError =>
  invalidRequest(`Previous response with id '${id.slice(0, 200)}' not found.`, {
    code: "previous_response_not_found",
    param: "previous_response_id",
  });

/** An item that an input refers to; OpenAI says so with a 404. */
export const itemNotFound = (id: string): BedrockOpenAIError =>
  new BedrockOpenAIError(
    404,
    `Item with id '${id.slice(0, 200)}' not found. Items are not persisted when \`store\` is set to false. Try again with ` +
      "`store` set to true, or remove this item from your input.",
    { type: "invalid_request_error", param: "input" },
  );
