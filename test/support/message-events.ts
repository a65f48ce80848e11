import { expect } from "vitest";

/** An event of Anthropic's wire as it came: what it says is checked, not believed. */
export interface ToldEvent {
  type: string;
  index: number;
  message: ToldMessage;
  content_block: ToldBlock;
  delta: ToldDelta;
  usage: Record<string, unknown>;
  error: { type: string; message: string };
  request_id: string;
}

interface ToldDelta {
  type: string;
  text: string;
  thinking: string;
  signature: string;
  partial_json: string;
  citation: { type: string };
  stop_reason: string | null;
  stop_sequence: string | null;
}

export interface ToldBlock {
  type: string;
  text?: string;
  thinking?: string;
  signature?: string;
  data?: string;
  id?: string;
  name?: string;
  input?: unknown;
  citations?: unknown[];
}

export interface ToldMessage {
  id: string;
  type: string;
  role: string;
  model: string;
  content: ToldBlock[];
  stop_reason: string | null;
  stop_sequence: string | null;
  usage: Record<string, unknown>;
}

/** The events of a stream's text; refuses anything a strict client would refuse. */
export const messageEventsOf = (text: string): ToldEvent[] =>
  text
    .split("\n\n")
    .filter((frame) => frame !== "" && !frame.startsWith(":"))
    .map((frame) => {
      const [name, data, ...more] = frame.split("\n");
      if (!name?.startsWith("event: ") || !data?.startsWith("data: ") || more.length > 0)
        throw new Error(`not one event and one data line: ${frame}`);
      const event = JSON.parse(data.slice("data: ".length)) as ToldEvent;
      expect(event.type).toBe(name.slice("event: ".length));
      return event;
    });

/** Which deltas a block may have, and what becomes of them. */
const DELTAS: Readonly<
  Record<string, Readonly<Record<string, (block: ToldBlock, delta: ToldDelta) => void>>>
> = {
  text: {
    text_delta: (block, { text }) => void (block.text += notEmpty(text)),
    citations_delta: (block, { citation }) => void (block.citations = [...(block.citations ?? []), citation]),
  },
  thinking: {
    thinking_delta: (block, { thinking }) => void (block.thinking += notEmpty(thinking)),
    signature_delta: (block, { signature }) => void (block.signature += notEmpty(signature)),
  },
  tool_use: { input_json_delta: (block, { partial_json }) => void (block.input += notEmpty(partial_json)) },
  redacted_thinking: {},
};

const notEmpty = (text: string): string => {
  expect(text).not.toBe("");
  return text;
};

/**
 * Checks every rule of Anthropic's guide "Streaming Messages", and puts the message together as clients do.
 * @returns The message, and the failure that it ended in.
 */
export function checkMessageEvents(events: readonly ToldEvent[]): {
  message: ToldMessage | undefined;
  failure: ToldEvent["error"] | undefined;
} {
  const last = events.at(-1)!;
  if (last.type === "error") {
    expect(events.filter(({ type }) => ENDS.has(type))).toEqual([last]);
    expect(last.error).toEqual({ type: expect.any(String), message: expect.any(String) });
    checkBlocks(events.filter(({ type }) => type !== "message_start" && type !== "error"));
    return { message: undefined, failure: last.error };
  }
  const [first, ...rest] = events;
  expect(first!.type).toBe("message_start");
  expect(first!.message).toMatchObject({ content: [], stop_reason: null, stop_sequence: null });
  expect(rest.slice(-2).map(({ type }) => type)).toEqual(["message_delta", "message_stop"]);
  const { content, open } = checkBlocks(rest.slice(0, -2));
  expect(open).toBeUndefined();
  const end = rest.at(-2)!;
  const message: ToldMessage = { ...first!.message, content, ...end.delta, usage: end.usage };
  return { message, failure: undefined };
}

/** Each block ends before the next begins, and a call that has ended is whole. @returns What is still open at the end, too. */
function checkBlocks(events: readonly ToldEvent[]): { content: ToldBlock[]; open: ToldBlock | undefined } {
  const content: ToldBlock[] = [];
  let open: ToldBlock | undefined;
  for (const event of events) {
    if (event.type === "ping") continue;
    if (event.type === "content_block_start") {
      expect(open).toBeUndefined();
      expect(event.index).toBe(content.length);
      open = { ...event.content_block };
      if (open.type === "tool_use") {
        expect(open.input).toEqual({});
        open.input = "";
      }
      content.push(open);
      continue;
    }
    if (!open || event.index !== content.length - 1)
      throw new Error(`${event.type} of a block that is not open: ${event.index}`);
    if (event.type === "content_block_stop") {
      if (open.type === "tool_use") open.input = JSON.parse((open.input as string) || "{}");
      open = undefined;
    } else {
      expect(event.type).toBe("content_block_delta");
      const add = DELTAS[open.type]?.[event.delta.type];
      if (!add) throw new Error(`${event.delta.type} in a block of type ${open.type}`);
      add(open, event.delta);
    }
  }
  return { content, open };
}

const ENDS: ReadonlySet<string> = new Set(["message_delta", "message_stop", "error"]);
