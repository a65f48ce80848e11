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
  const head = Buffer.concat(Object.entries(headers).map(([name, value]) => encodeHeader(name, value)));
  const body = typeof payload === "string" ? Buffer.from(payload) : payload;
  const prelude = encodePrelude(
    PRELUDE_BYTES + CRC_BYTES + head.length + body.length + CRC_BYTES,
    head.length,
  );
  const covered = Buffer.concat([prelude, head, body]);
  return Buffer.concat([covered, uint32(crc32(covered))]);
}

/** Total length, headers length, and the CRC over both. */
export function encodePrelude(totalBytes: number, headersBytes: number): Buffer {
  const lengths = Buffer.concat([uint32(totalBytes), uint32(headersBytes)]);
  return Buffer.concat([lengths, uint32(crc32(lengths))]);
}

/**
 * The frame of one stream event. Like AWS, it adds the padding member `p`; its length follows from `index`, the
 * event's place in the stream.
 */
export function encodeStreamEvent(event: ConverseStreamEvent, index = 0): Uint8Array {
  const [type = "", payload] = Object.entries(event)[0] ?? [];
  const padding = ALPHABET.slice(0, 4 + ((index * 7) % (ALPHABET.length - 4)));
  return encodeEventFrame(
    { ":event-type": type, ":content-type": "application/json", ":message-type": "event" },
    JSON.stringify({ ...payload, p: padding }),
  );
}

function encodeHeader(name: string, value: string): Buffer {
  const nameBytes = Buffer.from(name);
  const valueBytes = Buffer.from(value);
  const valueLength = Buffer.alloc(2);
  valueLength.writeUInt16BE(valueBytes.length);
  return Buffer.concat([
    Buffer.of(nameBytes.length),
    nameBytes,
    Buffer.of(STRING_HEADER),
    valueLength,
    valueBytes,
  ]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
