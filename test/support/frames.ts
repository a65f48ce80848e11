import { EventStreamCodec } from "@smithy/eventstream-codec";
import type { Frame, FrameReader } from "../../src/bedrock/courier/event-stream.ts";
import type { ConverseStreamEvent } from "../../src/conversation/types.ts";

const codec = new EventStreamCodec(
  (bytes) => Buffer.from(bytes as Uint8Array).toString("utf8"),
  (text) => new Uint8Array(Buffer.from(text, "utf8")),
);

/** A frame as AWS's own codec writes it. */
export function frame(headers: Record<string, string>, payload: string | Uint8Array): Uint8Array {
  return codec.encode({
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, { type: "string" as const, value }]),
    ),
    body: typeof payload === "string" ? new Uint8Array(Buffer.from(payload, "utf8")) : payload,
  });
}

export function eventFrame(event: ConverseStreamEvent): Uint8Array {
  const [type, payload] = Object.entries(event)[0]!;
  const json = JSON.stringify({ ...payload, p: "abcdef" });
  return frame({ ":event-type": type, ":content-type": "application/json", ":message-type": "event" }, json);
}

export const exceptionFrame = (type: string, payload: unknown): Uint8Array =>
  frame(
    { ":exception-type": type, ":content-type": "application/json", ":message-type": "exception" },
    JSON.stringify(payload),
  );

export const concat = (...parts: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

export function* split(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}

/** The frames that these bytes complete. */
export function* framesIn(reader: FrameReader, bytes: Uint8Array): Generator<Frame, undefined> {
  reader.push(bytes);
  for (let read = reader.next(); read; read = reader.next()) yield read;
}

/** A short but complete answer: text, then a tool call without arguments. */
export const ANSWER: ConverseStreamEvent[] = [
  { messageStart: { role: "assistant" } },
  { contentBlockDelta: { contentBlockIndex: 0, delta: { text: "Grüße " } } },
  { contentBlockDelta: { contentBlockIndex: 0, delta: { text: "👋" } } },
  { contentBlockStop: { contentBlockIndex: 0 } },
  {
    contentBlockStart: { contentBlockIndex: 1, start: { toolUse: { toolUseId: "tooluse_1", name: "now" } } },
  },
  { contentBlockStop: { contentBlockIndex: 1 } },
  { messageStop: { stopReason: "tool_use" } },
  { metadata: { usage: { inputTokens: 3, outputTokens: 5, totalTokens: 8 }, metrics: { latencyMs: 1 } } },
];
