import { createServer, type AddressInfo, type Socket } from "node:net";
import { Duplex } from "node:stream";
import { TLSSocket } from "node:tls";
import { afterEach, beforeAll, expect, it } from "vitest";
import type { Body } from "../../../../../src/bedrock/transport/http1/body.ts";
import {
  createRequestHandler,
  type RequestHandler,
} from "../../../../../src/bedrock/transport/request-handler.ts";
import { eventually } from "../../../../support/bedrock.ts";
import { STAND_IN } from "../../../../support/network/certificates.ts";
import { trustStandIn } from "../../../../support/network/http2-host.ts";

beforeAll(trustStandIn);
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** One end of TLS, all of whose records leave in one piece when they are let go. */
class Line {
  readonly secure: TLSSocket;
  readonly #raw: Socket;
  #held: Buffer[] | undefined;

  constructor(raw: Socket) {
    this.#raw = raw.on("error", () => undefined);
    const under = new Duplex({
      read() {},
      write: (bytes: Buffer, _, done) => {
        if (this.#held) this.#held.push(bytes);
        else raw.write(bytes);
        done();
      },
    });
    raw.on("data", (bytes) => under.push(bytes)).on("close", () => under.destroy());
    this.secure = new TLSSocket(under, { isServer: true, ...STAND_IN }).on("error", () => undefined);
  }

  async together(pieces: readonly Buffer[]): Promise<void> {
    this.#held = [];
    // At once they would be one record.
    for (const piece of pieces) await new Promise((done) => void this.secure.write(piece, done));
    this.#raw.write(Buffer.concat(this.#held));
    this.#held = undefined;
  }
}

/** What may wait in a body before its connection is paused. */
const MOST = 64 * 1024;

it("a connection serves on whose answer came to its end while its reader was slow", async () => {
  const lines: Line[] = [];
  let asked = 0;
  const server = createServer((raw) => {
    const line = new Line(raw);
    lines.push(line);
    line.secure.on("data", () => {
      asked += 1;
      const isLong = asked === 1;
      line.secure.write(`HTTP/1.1 200 OK\r\ncontent-length: ${isLong ? MOST + 40 : 2}\r\n\r\n`);
      line.secure.write(isLong ? Buffer.alloc(MOST - 10) : "ok");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => {
    server.close();
    for (const { secure } of lines) secure.destroy();
  });

  const { handle } = await createRequestHandler();
  const ask = async (): Promise<Body> => {
    const request = {
      method: "GET",
      protocol: "https:",
      hostname: "127.0.0.1",
      port: (server.address() as AddressInfo).port,
      path: "/",
      headers: { host: "x" },
    };
    const { response } = await handle(request as unknown as Parameters<RequestHandler["handle"]>[0]);
    return response.body as Body;
  };
  const read = async (body: Body): Promise<number> => {
    let size = 0;
    for (let piece = await body.next(); !piece.done; piece = await body.next()) size += piece.value.length;
    return size;
  };

  const slow = await ask();
  await eventually(() => lines[0]!.secure.bytesWritten > MOST);
  // The second one fills what may wait. The others are in the same piece of the system's, which TLS tells all of.
  await lines[0]!.together(Array.from({ length: 5 }, () => Buffer.alloc(10)));
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(await read(slow)).toBe(MOST + 40);
  expect(await read(await ask())).toBe(2);
  expect(lines).toHaveLength(1);
});
