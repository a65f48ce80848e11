import type { CallContext } from "../context.ts";
import { streamFailure } from "./stream-failure.ts";

/**
 * A failure as the last frame of a stream, which it ends.
 * @throws The caller's reason where the caller left: nobody reads on.
 */
export const failureFrame = (thrown: unknown, context: CallContext): string =>
  `data: ${JSON.stringify(streamFailure(thrown, context).toBody())}\n\n`;
