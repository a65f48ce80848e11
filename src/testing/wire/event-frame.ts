import { crc32 } from "node:zlib";
import type { ConverseStreamEvent } from "../../conversation/types.ts";

const PRELUDE_BYTES = 8;
const CRC_BYTES = 4;
const STRING_HEADER = 7;
const ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/**
 * One frame of `application/vnd.amazon.eventstream`: total length, headers length, prelude CRC, string headers,
 * payload, message CRC; everything big-endian.
 */
export function encodeEventFrame(headers: Record<string, string>, payload: Uint8Array | string): Uint8Array {
  return assembleFrame(encodeHeaders(headers), typeof payload === "string" ? Buffer.from(payload) : payload);
}

function assembleFrame(head: Uint8Array, payload: Uint8Array): Uint8Array {
  const payloadAt = PRELUDE_BYTES + CRC_BYTES + head.length;
  const crcAt = payloadAt + payload.length;
  const frame = Buffer.allocUnsafe(crcAt + CRC_BYTES);
  encodePrelude(frame.length, head.length).copy(frame);
  frame.set(head, PRELUDE_BYTES + CRC_BYTES);
  frame.set(payload, payloadAt);
  frame.writeUInt32BE(crc32(frame.subarray(0, crcAt)), crcAt);
  return frame;
}

/** Total length, headers length, and the CRC over both. */
export function encodePrelude(totalBytes: number, headersBytes: number): Buffer {
  const prelude = Buffer.allocUnsafe(PRELUDE_BYTES + CRC_BYTES);
  prelude.writeUInt32BE(totalBytes, 0);
  prelude.writeUInt32BE(headersBytes, 4);
  prelude.writeUInt32BE(crc32(prelude.subarray(0, PRELUDE_BYTES)), PRELUDE_BYTES);
  return prelude;
}

/**
 * The frame of one stream event. Like AWS, it adds the padding member `p`; its length follows from `index`, the
 * event's place in the stream.
 */
export function encodeStreamEvent(event: ConverseStreamEvent, index = 0): Uint8Array {
  const [type = "", payload] = Object.entries(event)[0] ?? [];
  return encodeEvent(type, payload as object, index);
}

/** The frame of one chunk of InvokeModelWithResponseStream: the model's own JSON in base64, and the padding. */
export function encodeChunk(chunk: unknown, index: number): Uint8Array {
  return encodeEvent("chunk", { bytes: Buffer.from(JSON.stringify(chunk)).toString("base64") }, index);
}

function encodeEvent(type: string, payload: object, index: number): Uint8Array {
  const padding = ALPHABET.slice(0, 4 + ((index * 7) % (ALPHABET.length - 4)));
  return assembleFrame(eventHeaders(type), Buffer.from(JSON.stringify({ ...payload, p: padding })));
}

const headersOfEvents = new Map<string, Uint8Array>();

/** A stream repeats the same few headers thousands of times. */
function eventHeaders(type: string): Uint8Array {
  const headers = { ":event-type": type, ":content-type": "application/json", ":message-type": "event" };
  const encoded = headersOfEvents.get(type) ?? encodeHeaders(headers);
  headersOfEvents.set(type, encoded);
  return encoded;
}

function encodeHeaders(headers: Record<string, string>): Uint8Array {
  return Buffer.concat(Object.entries(headers).flatMap(([name, value]) => encodeHeader(name, value)));
}

function encodeHeader(name: string, value: string): Uint8Array[] {
  const nameBytes = Buffer.from(name);
  const valueBytes = Buffer.from(value);
  const { length } = valueBytes;
  return [
    Buffer.of(nameBytes.length),
    nameBytes,
    Buffer.of(STRING_HEADER, length >> 8, length & 0xff),
    valueBytes,
  ];
}
