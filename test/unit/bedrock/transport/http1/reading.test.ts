import { PassThrough, type Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { eventually } from "../../../../support/bedrock.ts";
import { askerOf, type Asker, say, whole } from "../../../../support/network/ask-over-http1.ts";
import { textOf } from "../../../../support/network/text-of.ts";
import { type Act, openRawServer, type RawServer } from "../../../../support/raw-server.ts";

/** One after the other, as a model says them. */
const PIECES = ["first ", "second ", "last"];

const drip: Act = async ({ socket }) => {
  socket.write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
  for (const piece of PIECES) {
    socket.write(`${piece.length.toString(16)}\r\n${piece}\r\n`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  socket.write("0\r\n\r\n");
  return true;
};
const breakOff: Act = ({ socket }) => {
  socket.end("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nsome");
  return false;
};

describe("a body is read", () => {
  let server: RawServer;
  let asker: Asker;
  beforeEach(async () => {
    server = await openRawServer(drip);
    asker = await askerOf(server);
  });
  afterEach(() => server.close());

  it.each<[string, (body: Readable) => Promise<unknown>]>([
    ["in a loop", textOf],
    [
      "as a stream that flows",
      (body) =>
        new Promise((resolve, reject) => {
          let text = "";
          body.on("data", (bytes: Buffer) => (text += String(bytes)));
          body.on("end", () => resolve(text)).on("error", reject);
        }),
    ],
    ["as a stream through another one", (body) => textOf(body.pipe(new PassThrough()))],
    [
      "as a stream by a pipeline",
      async (body) => {
        const through = new PassThrough();
        await pipeline(body, through);
        return textOf(through);
      },
    ],
    ["at once", async (body) => String(await buffer(body))],
  ])("%s", async (_, read) => {
    for (const turn of [1, 2]) {
      const { body } = await asker.begin();
      expect([turn, await read(body)]).toEqual([turn, PIECES.join("")]);
    }
    expect(server.connections).toBe(1);
  });

  it("late, when all of it has come and the connection serves another", async () => {
    server.next(say(whole("first")), say(whole("second")));
    const { body } = await asker.begin();
    expect(await asker.text()).toBe("second");
    expect(await textOf(body)).toBe("first");
    expect(server.connections).toBe(1);
  });

  it.each<[string, (body: Readable) => Promise<unknown>]>([
    ["in a loop", textOf],
    ["as a stream", (body) => buffer(body)],
    ["as a stream by a pipeline", (body) => pipeline(body, new PassThrough().resume())],
  ])("to where it breaks off, which a late reader is told too (%s)", async (_, read) => {
    server.next(breakOff);
    const { body } = await asker.begin();
    await eventually(() => server.open === 0);
    await expect(read(body)).rejects.toMatchObject({ code: "ECONNRESET" });
  });

  it("by nobody, and its failure ends no process", async () => {
    server.next(breakOff, breakOff);
    await asker.begin();
    const { body } = await asker.begin();
    body.resume();
    await eventually(() => server.open === 0);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await asker.text()).toBe(PIECES.join(""));
  });
});
