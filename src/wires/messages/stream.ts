import type { MessageEvent } from "../../anthropic/response.ts";
import type { FrameWriter } from "../frames.ts";
import type { ReplyHead } from "../reply/head.ts";
import { createMessageEvents } from "./events.ts";
import type { MessageForm } from "./reply/form.ts";

/** ConverseStream events of an answer as the SSE text of Anthropic's. */
export function createMessageStream(head: ReplyHead, form: MessageForm): FrameWriter {
  const events = createMessageEvents(head, form);
  return {
    push: (event) => toText(events.push(event)),
    end: () => toText(events.end()),
    breakOff: () => toText(events.breakOff()),
  };
}

function toText(events: readonly MessageEvent[]): string {
  let text = "";
  for (const event of events) text += `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
  return text;
}
