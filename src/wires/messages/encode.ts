import type { BlockDelta, Message, MessageEvent, ReplyBlock } from "../../anthropic/response.ts";
import { asEvents } from "../../conversation/as-events.ts";
import { parseExact } from "../../conversation/exact-json.ts";
import { isObject } from "../../conversation/json-schema/is-object.ts";
import type { ConverseResponse } from "../../conversation/types.ts";
import type { ReplyHead } from "../reply/head.ts";
import { createMessageEvents } from "./events.ts";
import type { MessageForm } from "./reply/form.ts";

/** A Converse response as a message: what its stream would have told, read to the end. */
export function encode(response: ConverseResponse, head: ReplyHead, form?: MessageForm): Message {
  const events = createMessageEvents(head, form);
  return fold([...asEvents(response).flatMap((event) => events.push(event)), ...events.end()]);
}

/** The message that a whole stream of events tells. */
function fold(events: readonly MessageEvent[]): Message {
  let message: Message | undefined;
  const inputs = new Map<number, string>();
  for (const event of events) {
    if (event.type === "message_start") message = { ...event.message };
    else if (event.type === "content_block_start") message!.content[event.index] = event.content_block;
    else if (event.type === "content_block_delta") {
      if (event.delta.type === "input_json_delta")
        inputs.set(event.index, (inputs.get(event.index) ?? "") + event.delta.partial_json);
      else add(message!.content[event.index]!, event.delta);
    } else if (event.type === "message_delta") {
      const { type: _, delta, ...rest } = event;
      Object.assign(message!, delta, rest);
    }
  }
  for (const [index, json] of inputs) setInput(message!.content[index]!, json);
  return message!;
}

function add(block: ReplyBlock, delta: BlockDelta): void {
  if (block.type === "text" && delta.type === "text_delta") block.text += delta.text;
  if (block.type === "text" && delta.type === "citations_delta")
    (block.citations ??= []).push(delta.citation);
  if (block.type === "thinking" && delta.type === "thinking_delta") block.thinking += delta.thinking;
  if (block.type === "thinking" && delta.type === "signature_delta") block.signature += delta.signature;
}

function setInput(block: ReplyBlock, json: string): void {
  const input = parseExact(json);
  if (block.type === "tool_use" && isObject(input)) block.input = input;
}
