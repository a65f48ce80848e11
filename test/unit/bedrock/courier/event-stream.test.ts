import { describe, expect, it } from "vitest";
import { type Frame, FrameReader, payloadOf } from "../../../../src/bedrock/courier/event-stream.ts";
import { concat, eventFrame, frame, framesIn, split } from "../../../support/frames.ts";

const bytes = concat(
  eventFrame({ messageStart: { role: "assistant" } }),
  eventFrame({ contentBlockDelta: { contentBlockIndex: 0, delta: { text: "ä" } } }),
  eventFrame({ contentBlockDelta: { contentBlockIndex: 0, delta: { text: "🙂" } } }),
);

/** What the frames say. */
function read(chunks: Iterable<Uint8Array>): { headers: Frame["headers"]; payload: string }[] {
  const reader = new FrameReader();
  const frames = [...chunks].flatMap((chunk) => [...framesIn(reader, chunk)]);
  reader.end();
  return frames.map((each) => ({ headers: each.headers, payload: payloadOf(each) }));
}

describe("the frame reader", () => {
  it("reads what AWS's own codec wrote", () => {
    const frames = read([bytes]);
    expect(frames.map((each) => each.headers["event-type"])).toEqual([
      "messageStart",
      "contentBlockDelta",
      "contentBlockDelta",
    ]);
    expect(JSON.parse(frames[1]!.payload)).toEqual({
      contentBlockIndex: 0,
      delta: { text: "ä" },
      p: "abcdef",
    });
  });

  it.each([1, 2, 3, 4, 5, 11, 12, 13, 100])("gives the same frames from reads of %i bytes", (size) => {
    expect(read(split(bytes, size))).toEqual(read([bytes]));
  });

  it("reads every header type and keeps the strings", () => {
    // bool true, byte, short, integer, long, bytes, timestamp, uuid; then a string.
    const others = [0, 1, 2, 3, 4, 5, 6, 8, 9].flatMap((type) => {
      const sizes: Record<number, number> = { 0: 0, 1: 0, 2: 1, 3: 2, 4: 4, 5: 8, 8: 8, 9: 16 };
      const value = type === 6 ? [0, 2, 9, 9] : Array.from({ length: sizes[type]! }, () => 7);
      return [2, 0x78, 0x30 + type, type, ...value];
    });
    const stringHeader = [2, 0x3a, 0x61, 7, 0, 1, 0x62];
    const [whole] = read([withRawHeaders([...others, ...stringHeader], "{}")]);
    expect(whole!.headers).toEqual({ a: "b" });
  });

  it("refuses a payload that changed on the way", () => {
    const damaged = bytes.slice();
    damaged[damaged.length - 10]! ^= 1;
    expect(() => read([damaged])).toThrow("checksum of a frame is wrong");
  });

  it("keeps the frames before the damage", () => {
    const damaged = bytes.slice();
    damaged[damaged.length - 10]! ^= 1;
    const frames = framesIn(new FrameReader(), damaged);
    expect(frames.next().value).toBeDefined();
    expect(frames.next().value).toBeDefined();
    expect(() => frames.next()).toThrow("checksum of a frame is wrong");
  });

  it("refuses a damaged length at once instead of waiting for it", () => {
    const damaged = bytes.slice(0, 12);
    damaged[1] = 1;
    expect(() => read([damaged])).toThrow("prelude");
  });

  it("refuses a frame over the bound although its prelude is sound", () => {
    expect(() => read([prelude(100 * 1024 * 1024, 0)])).toThrow("impossible length");
  });

  it("refuses headers longer than their frame", () => {
    expect(() => read([prelude(20, 10)])).toThrow("impossible length");
  });

  it("says so when the stream ends inside a frame", () => {
    expect(() => read([bytes.slice(0, bytes.length - 1)])).toThrow("ended inside a frame");
  });

  it("survives a frame without headers or payload", () => {
    expect(read([frame({}, "")])).toEqual([{ headers: {}, payload: "" }]);
  });
});

function prelude(total: number, headers: number): Uint8Array {
  const head = Buffer.alloc(12);
  head.writeUInt32BE(total, 0);
  head.writeUInt32BE(headers, 4);
  head.writeUInt32BE(crc(head.subarray(0, 8)), 8);
  return new Uint8Array(head);
}

function withRawHeaders(headers: number[], payload: string): Uint8Array {
  const total = 12 + headers.length + payload.length + 4;
  const whole = Buffer.concat([prelude(total, headers.length), Buffer.from(headers), Buffer.from(payload)]);
  const trailer = Buffer.alloc(4);
  trailer.writeUInt32BE(crc(whole), 0);
  return new Uint8Array(Buffer.concat([whole, trailer]));
}

/** CRC-32 bit by bit: an implementation of its own to judge the reader's by. */
function crc(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit += 1) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
  }
  return (value ^ 0xffffffff) >>> 0;
}
