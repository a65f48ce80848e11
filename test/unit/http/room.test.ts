import { describe, expect, it } from "vitest";
import { asWritten, toBytes } from "../../../src/bedrock/courier/to-bytes.ts";
import { LARGE_RUN } from "../../../src/http/base64-runs.ts";
import { readBody } from "../../../src/http/body.ts";
import { parseLifting, type Upload } from "../../../src/http/lift.ts";
import { wholeText } from "../../../src/http/whole-text.ts";
import { tellSent } from "../../../src/http/room.ts";

const limits = { maxBytes: 10_000_000, idleMs: 1_000, signal: new AbortController().signal };
const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const base64 = (char: string, length = LARGE_RUN * 4): string => `iVBORw0KGgo/${char.repeat(length)}`;

interface Asked {
  a?: string;
  files: string[];
  b?: string;
}

/** Reads a body as a server does, from pieces of some size. */
async function upload(bytes: Uint8Array<ArrayBuffer>, size: number): Promise<Upload & { value: Asked }> {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.subarray(at, at + size));
      controller.close();
    },
  });
  const request = new Request("http://x", { method: "POST", body, duplex: "half" } as RequestInit);
  const read = await readBody(request, limits);
  return parseLifting(read, (value) => (value as Asked).files) as Upload & { value: Asked };
}

const send = (asked: Asked): Promise<Upload & { value: Asked }> =>
  upload(encode(JSON.stringify(asked)), 10_000);
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

describe("a file that came in pieces", () => {
  const asked = { a: "é’", files: [base64("A")], b: "x".repeat(5_000) };

  it("is sent from where it stands, with another text around it", async () => {
    const { value, attachments } = await send(asked);
    const written = toBytes({ system: "日本", ...value, more: "’" }, attachments);
    expect(textOf(written)).toBe(JSON.stringify({ system: "日本", ...asked, more: "’" }));
    expect(written.buffer).toBe(attachments.files[0]!.buffer);
  });

  it("is copied for the next model, whose request leaves the first one as it was", async () => {
    const { value, attachments } = await send(asked);
    const first = toBytes({ ...value, to: "the first" }, attachments);
    const next = toBytes({ to: "the next, with more before it", ...value }, attachments);
    expect(textOf(first)).toBe(JSON.stringify({ ...asked, to: "the first" }));
    expect(textOf(next)).toBe(JSON.stringify({ to: "the next, with more before it", ...asked }));
    expect(next.buffer).not.toBe(first.buffer);
  });

  it.each([
    ["before", (value: Asked) => ({ wide: "’".repeat(40_000), ...value })],
    ["after", (value: Asked) => ({ ...value, wide: "’".repeat(40_000) })],
  ])("is copied where there is no room %s it", async (_, around) => {
    const { value, attachments } = await send(asked);
    const written = toBytes(around(value), attachments);
    expect(textOf(written)).toBe(JSON.stringify(around(asked)));
    expect(written.buffer).not.toBe(attachments.files[0]!.buffer);
  });

  it("never overwrites another file of the request, whichever is asked for", async () => {
    const two = { files: [base64("A"), base64("B")] };
    const { value, attachments } = await send(two);
    for (const index of [0, 1, 0]) {
      const one = { before: "x".repeat(50_000), file: value.files[index], after: "x".repeat(50_000) };
      expect(textOf(toBytes(one, attachments))).toBe(JSON.stringify({ ...one, file: two.files[index] }));
    }
    expect(asWritten(value, attachments)).toEqual(two);
  });

  it("is written as often as it is asked for", async () => {
    const { value, attachments } = await send(asked);
    const twice = { files: [...value.files, ...value.files] };
    expect(asWritten(twice, attachments)).toEqual({ files: [...asked.files, ...asked.files] });
  });
});

/** Node 20 leaves it to the collector. */
describe.skipIf(!("transfer" in ArrayBuffer.prototype))("the memory of a file that came in pieces", () => {
  const asked = { a: "x", files: [base64("A")], b: "y" };

  it("is given back once what was taken of it is sent", async () => {
    const { value, attachments } = await send(asked);
    const written = toBytes(value, attachments);
    tellSent(written, () => true);
    attachments.room!.giveBack();
    expect(written.byteLength).toBe(0);
  });

  it("is given back where nobody took it", async () => {
    const { attachments } = await send(asked);
    attachments.room!.giveBack();
    expect(attachments.files[0]!.byteLength).toBe(0);
  });

  it("stays as long as what was taken may be on its way", async () => {
    const { value, attachments } = await send(asked);
    const written = toBytes(value, attachments);
    attachments.room!.giveBack();
    tellSent(written, () => false);
    attachments.room!.giveBack();
    expect(textOf(written)).toBe(JSON.stringify(asked));
  });

  it("cannot be read any more, instead of being read as nothing", async () => {
    const { value, attachments } = await send(asked);
    attachments.room!.giveBack();
    expect(() => wholeText(value.files[0]!, attachments)).toThrow(TypeError);
    expect(() => toBytes(value, attachments)).toThrow(TypeError);
  });
});

describe("a body that came in one piece", () => {
  it("may be somebody else's, who reads it again", async () => {
    const asked = { a: "x", files: [base64("A")], b: "y" };
    const bytes = encode(JSON.stringify(asked));
    const { value, attachments } = await upload(bytes, bytes.length);
    expect(attachments.files[0]!.buffer).toBe(bytes.buffer);
    toBytes({ z: "z", ...value }, attachments);
    expect(textOf(bytes)).toBe(JSON.stringify(asked));
  });
});
