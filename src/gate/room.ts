import type { CallContext } from "../context.ts";
import { rateLimited } from "./rate-limited.ts";

/** Takes a call in until it is over. @throws BedrockOpenAIError 429 where the house is full. */
export type Enter = (context: Pick<CallContext, "atEnd">) => void;

/** An answer may end at any moment, and nobody knows which. */
const AGAIN_MS = 1_000;

export function createRoom(most = Number.POSITIVE_INFINITY): Enter {
  let calls = 0;
  return ({ atEnd }) => {
    if (calls >= most)
      throw rateLimited(
        `This server answers no more calls right now: Limit ${most} at the same time.`,
        AGAIN_MS,
        {
          // A full house is nobody's fault; clients come back even where a proxy has taken the status for its own.
          "x-should-retry": "true",
        },
      );
    calls += 1;
    atEnd(() => {
      calls -= 1;
    });
  };
}
