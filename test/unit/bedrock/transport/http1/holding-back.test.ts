import { PassThrough, type Readable } from "node:stream";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { eventually } from "../../../../support/bedrock.ts";
import { askerOf, type Asker, say, whole } from "../../../../support/network/ask-over-http1.ts";
import { STAND_IN } from "../../../../support/network/certificates.ts";
import { trustStandIn } from "../../../../support/network/http2-host.ts";
import { type Act, openRawServer, type RawServer } from "../../../../support/raw-server.ts";

beforeAll(trustStandIn);

const ALL = 48_000_000;
/** Of the kernel's buffers at both ends, which grow with what they carry. */
const UNDER_WAY = 24_000_000;
const PIECE = Buffer.alloc(16_000, "x");

let written = 0;
/** As much as it is let. */
const pour: Act = async ({ socket }) => {
  socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${ALL}\r\n\r\n`);
  for (written = 0; written < ALL; written += PIECE.length)
    if (!socket.write(PIECE)) await new Promise((resolve) => socket.once("drain", resolve));
  return true;
};

/** The other end has stopped. */
async function held(): Promise<void> {
  let before = -1;
  await eventually(() => written > 0);
  while (before !== written) {
    before = written;
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
}

const sizeOf = async (body: AsyncIterable<Uint8Array>): Promise<number> => {
  let size = 0;
  for await (const { byteLength } of body) size += byteLength;
  return size;
};

describe.each([
  ["plain", undefined],
  ["TLS", STAND_IN],
])("a reader who does not read (%s)", (_, tls) => {
  let server: RawServer;
  let asker: Asker;
  beforeEach(async () => {
    server = await openRawServer(pour, tls);
    asker = await askerOf(server);
  });
  afterEach(() => server.close());

  it.each<[string, (body: Readable) => unknown]>([
    ["at all", () => undefined],
    ["on", (body) => (body as unknown as AsyncIterator<Uint8Array>).next()],
  ])("%s holds the sender back, and gets all of it later", async (_, begin) => {
    const { body } = await asker.begin();
    const first = (await begin(body)) as IteratorResult<Uint8Array> | undefined;
    await held();
    expect(written).toBeLessThan(UNDER_WAY);
    const told = body as unknown as AsyncIterator<Uint8Array>;
    let size = first?.value.byteLength ?? 0;
    for (let next = await told.next(); !next.done; next = await told.next()) size += next.value.byteLength;
    expect(size).toBe(ALL);
    server.next(say(whole("done")));
    expect(await asker.text()).toBe("done");
    expect(server.connections).toBe(1);
  });

  it("holds the sender back by a stream that nothing flows out of, too", async () => {
    const { body } = await asker.begin();
    const through = body.pipe(new PassThrough());
    await held();
    expect(written).toBeLessThan(UNDER_WAY);
    expect(await sizeOf(through)).toBe(ALL);
  });

  it("holds nobody else back", async () => {
    const { body } = await asker.begin();
    await held();
    server.next(say(whole("done")));
    expect(await asker.text()).toBe("done");
    body.destroy();
  });
});
