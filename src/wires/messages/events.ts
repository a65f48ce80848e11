import type { Message, MessageEvent } from "../../anthropic/response.ts";
import type { ConverseStreamEvent } from "../../conversation/types.ts";
import { toExtras } from "../reply/extras.ts";
import type { ReplyHead } from "../reply/head.ts";
import { createBlocks } from "./reply/blocks.ts";
import { type MessageForm, PLAIN_FORM } from "./reply/form.ts";
import { type Stop, toStop } from "./reply/stop.ts";
import { type Costs, toUsage } from "./reply/usage.ts";

/** An answer in Anthropic's events. */
export interface MessageEvents {
  /** What is to be told of one of Converse's events: nothing, or several. */
  push(event: ConverseStreamEvent): MessageEvent[];
  /** Why it ended and what it cost, which AWS says last. */
  end(): MessageEvent[];
  /** What is left to be told of an answer that broke off. */
  breakOff(): MessageEvent[];
}

const emptyMessage = ({ id, model }: ReplyHead): Message => ({
  id,
  type: "message",
  role: "assistant",
  model,
  content: [],
  stop_reason: null,
  stop_sequence: null,
  stop_details: null,
  // AWS tells the cost at the end. Clients keep of the beginning what the end does not add to: nothing is better than a zero there.
  usage: { ...toUsage({}), cache_creation: null },
});

/** Source: Anthropic's guide "Streaming Messages": the order of events. */
export function createMessageEvents(head: ReplyHead, form: MessageForm = PLAIN_FORM): MessageEvents {
  let told: MessageEvent[] = [];
  let begun = false;
  let stop: Stop | undefined;
  let costs: Costs = {};
  let extras: object = {};
  const blocks = createBlocks((event) => void told.push(event));

  const begin = (): void => {
    if (begun) return;
    begun = true;
    told.push({ type: "message_start", message: emptyMessage(head) }, { type: "ping" });
  };

  const taken = (): MessageEvent[] => {
    const events = told;
    told = [];
    return events;
  };

  return {
    push(event) {
      begin();
      blocks.push(event);
      const { messageStop, metadata } = event;
      if (messageStop) {
        const { stopReason, additionalModelResponseFields: fields } = messageStop;
        // Of unusable output no block ends.
        stop = toStop(stopReason, blocks.callsTools(), fields, form);
        blocks.end();
        costs = { ...costs, additionalModelResponseFields: fields };
      }
      if (metadata) costs = { ...costs, usage: metadata.usage, serviceTier: metadata.serviceTier };
      if (form.extras && (messageStop ?? metadata))
        extras = { ...extras, ...toExtras({ ...messageStop, ...metadata }) };
      return taken();
    },
    end() {
      begin();
      const delta = stop ?? { stop_reason: null, stop_sequence: null, stop_details: null };
      told.push({ type: "message_delta", delta, usage: toUsage(costs), ...extras }, { type: "message_stop" });
      return taken();
    },
    breakOff() {
      blocks.breakOff();
      return taken();
    },
  };
}
