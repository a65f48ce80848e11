import type { CallContext } from "../../../context.ts";
import type { ConverseStreamEvent } from "../../../conversation/types.ts";
import { streamFailure } from "../../../flow/stream-failure.ts";
import type { ResponseEvent } from "../../../openai/responses/events.ts";
import type { ResponseObject } from "../../../openai/responses/response.ts";
import { charactersIn, createHeld } from "../../reply/held.ts";
import { failureEvents } from "../failure.ts";
import type { Reply } from "./reply.ts";

/** A whole answer is its stream read to the end. */
export function tellWhole(events: readonly ConverseStreamEvent[], reply: Reply): ResponseObject {
  for (const event of events) reply.push(event);
  return reply.end().response;
}

/** Its events as they arrive. A failure is told in them. @throws The caller's reason where the caller left. */
export async function* tellStream(
  arrivals: AsyncIterator<ConverseStreamEvent[], unknown, undefined>,
  reply: Reply,
  context: CallContext,
): AsyncGenerator<ResponseEvent[], void, undefined> {
  const hold = createHeld();
  let told: ResponseEvent[] = [];
  try {
    yield reply.begin();
    for await (const events of { [Symbol.asyncIterator]: () => arrivals }) {
      told = [];
      for (const event of events) {
        hold(charactersIn(event));
        told.push(...reply.push(event));
      }
      if (told.length > 0) yield told;
      told = [];
    }
    yield [reply.end()];
  } catch (thrown) {
    yield [...told, ...reply.take(), ...failureEvents(streamFailure(thrown, context), reply.soFar())];
  } finally {
    // Who leaves behind the first events has not come to the others.
    await arrivals.return?.();
  }
}
