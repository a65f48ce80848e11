import type { CallContext } from "../../context.ts";
import { streamFailure } from "../../flow/stream-failure.ts";
import type { ResponsesRequest } from "../../openai/responses/request.ts";
import { failureEvents } from "./failure.ts";
import { createResponseFrames } from "./frames.ts";
import type { ResponseHead } from "./medium.ts";
import { openResponse } from "./reply/opening.ts";

/** A response that failed before its first piece, although its caller was told that it is on its way. */
export const failedBefore =
  (request: ResponsesRequest, head: Omit<ResponseHead, "stream">) =>
  (thrown: unknown, context: CallContext): string => {
    const error = streamFailure(thrown, context);
    // Who answers is not known.
    const opening = openResponse(request, { ...head, model: request.model });
    return createResponseFrames()([
      { type: "response.created", response: opening },
      ...failureEvents(error, opening),
    ]);
  };
