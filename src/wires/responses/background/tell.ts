import { isEnd, isItemDone, type ResponseEvent } from "../../../openai/responses/events.ts";
import type { OutputItem, ResponseObject } from "../../../openai/responses/response.ts";
import type { Records } from "./records.ts";

/** How a response ended, and how that is told. */
export interface Outcome {
  response: ResponseObject;
  events: readonly ResponseEvent[];
}

/** How far a response has come. */
export interface Progress {
  response: ResponseObject;
  /** The items that are complete. */
  output: OutputItem[];
}

/**
 * Keeps a response's events as they come. The end is left to whoever keeps the response: it is told when that is done.
 * @param progress Follows what is told.
 */
export async function tell(
  events: AsyncIterable<ResponseEvent[]>,
  progress: Progress,
  records: Pick<Records, "add" | "update">,
): Promise<Outcome | undefined> {
  const last: ResponseEvent[] = [];
  let response: ResponseObject | undefined;
  for await (const arrived of events)
    for (const event of arrived) {
      if (event.type === "error") last.push(event);
      else if (isEnd(event)) {
        last.push(event);
        response = event.response;
      } else if (event.type !== "response.created") {
        await follow(event, progress, records);
        await records.add(event);
      }
    }
  return response && { response, events: last };
}

async function follow(
  event: ResponseEvent,
  progress: Progress,
  records: Pick<Records, "update">,
): Promise<void> {
  if (event.type === "response.in_progress") {
    progress.response = event.response as ResponseObject;
    await records.update(progress.response);
  }
  if (isItemDone(event)) progress.output.push(event.item);
}
