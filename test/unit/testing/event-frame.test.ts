import { EventStreamCodec } from "@smithy/eventstream-codec";
import { describe, expect, it } from "vitest";
import { encodeEventFrame, encodeStreamEvent } from "../../../src/testing/index.ts";

const toUtf8 = (input: Uint8Array | string) => Buffer.from(input).toString();
const fromUtf8 = (text: string) => Buffer.from(text);
const codec = new EventStreamCodec(toUtf8, fromUtf8);
const event = { contentBlockDelta: { contentBlockIndex: 0, delta: { text: "héllo 🌍" } } };

describe("event frames", () => {
  it("are read by AWS's own codec, CRCs and all", () => {
    const message = codec.decode(encodeStreamEvent(event, 3));
    expect(Object.entries(message.headers).map(([name, { value }]) => [name, value])).toEqual([
      [":event-type", "contentBlockDelta"],
      [":content-type", "application/json"],
      [":message-type", "event"],
    ]);
    expect(JSON.parse(toUtf8(message.body))).toMatchObject(event.contentBlockDelta);
  });

  it("are byte for byte what AWS's own codec writes", () => {
    const headers = { ":message-type": "error", ":error-code": "x", ":error-message": "ü" };
    const theirs = codec.encode({
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name, { type: "string", value }]),
      ),
      body: fromUtf8("{}"),
    });
    expect(Buffer.from(encodeEventFrame(headers, "{}"))).toEqual(Buffer.from(theirs));
  });

  it("pad every payload with `p`, whose length depends on the place in the stream alone", () => {
    const padding = (index: number) =>
      JSON.parse(toUtf8(codec.decode(encodeStreamEvent(event, index)).body)).p;
    expect(padding(1)).toBe(padding(1));
    expect(padding(1)).not.toBe(padding(2));
    expect(padding(0)).toBe("abcd");
  });
});
