import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { CLAUDE, eventually, type House, openHouse } from "../../support/bedrock.ts";
import { DOORS } from "../../support/doors.ts";
import type { Door } from "../../support/doors/served.ts";

/** Doors over Node's own HTTP/1 server, where nothing has read the body before. */
const NAMES = ["node:http", "Express 5", "Express 4", "Koa 3", "Koa 2", "Fastify 5"];
const MIB = 1024 * 1024;

let house: House;
let door: Door;
let socket: Socket;
beforeAll(async () => {
  house = await openHouse();
});
afterEach(async () => {
  socket.destroy();
  await door.close();
  house.bedrock.reset();
});
afterAll(() => house.bedrock.close());

interface Line {
  received(): string;
  /** The error that it closed with, if it was one. */
  closed: Promise<Error | undefined>;
}

async function dial(name: string, options = {}): Promise<Line> {
  door = await DOORS[name]!(house.withOptions({ maxBodyBytes: MIB, ...options }));
  // A caller who goes on sending after the server has said its last word.
  const allowHalfOpen = true;
  socket = connect({ host: "127.0.0.1", port: Number(new URL(door.baseURL).port), allowHalfOpen });
  let text = "";
  let failure: Error | undefined;
  socket.on("data", (data: Buffer) => void (text += data.toString()));
  socket.on("error", (error) => (failure = error));
  const closed = new Promise<Error | undefined>((resolve) => socket.once("close", () => resolve(failure)));
  await once(socket, "connect");
  return { received: () => text, closed };
}

const head = (...headers: string[]): string =>
  [
    `POST ${new URL(door.baseURL).pathname}/chat/completions HTTP/1.1`,
    "host: x",
    "content-type: application/json",
    ...headers,
    "\r\n",
  ].join("\r\n");

const QUESTION = JSON.stringify({ model: CLAUDE, messages: [{ role: "user", content: "Hi" }] });
/** Sends a little more now and then: a connection that is gone says so only then. */
async function untilClosed(closed: Promise<unknown>): Promise<void> {
  const timer = setInterval(() => socket.write("x"), 100);
  await closed;
  clearInterval(timer);
}

const answersIn = (text: string): string[] => text.match(/HTTP\/1\.1 \d+/g) ?? [];

describe.each(NAMES)("%s", (name) => {
  it("a caller who writes everything before it reads still reads the refusal", async () => {
    const { received, closed } = await dial(name);
    socket.pause();
    socket.write(head(`content-length: ${20 * MIB}`));
    for (let sent = 0; sent < 20; sent += 1)
      await new Promise((resolve) => socket.write(Buffer.alloc(MIB, "x"), resolve));
    socket.resume();
    socket.once("end", () => socket.end());
    expect(await closed).toBeUndefined();
    expect(received()).toMatch(/^HTTP\/1\.1 413 .*"code":"request_too_large"/s);
    expect(received()).toMatch(/^connection: close\r$/im);
    expect(house.bedrock.requests).toEqual([]);
  });

  it("a caller who never stops is let go in the end", async () => {
    const { received, closed } = await dial(name);
    socket.write(head("transfer-encoding: chunked"));
    const piece = Buffer.concat([Buffer.from("100000\r\n"), Buffer.alloc(MIB, "x"), Buffer.from("\r\n")]);
    let sent = 0;
    const send = (error?: Error | null): void => {
      sent += 1;
      if (!error && sent < 1_000) socket.write(piece, send);
    };
    send();
    await closed;
    expect(received()).toContain("HTTP/1.1 413");
    expect(sent).toBeGreaterThan(10);
    expect(sent).toBeLessThan(1_000);
  });

  it("a small body that nobody read leaves the connection to the next request", async () => {
    const { received } = await dial(name, { apiKeys: ["sk-right"] });
    socket.write(head(`content-length: ${QUESTION.length}`) + QUESTION);
    await eventually(() => received().includes("API key"));
    socket.write(head(`content-length: ${QUESTION.length}`, "authorization: Bearer sk-right") + QUESTION);
    await eventually(() => answersIn(received()).length === 2);
    expect(answersIn(received())).toEqual(["HTTP/1.1 401", "HTTP/1.1 200"]);
  });

  it("what is left of a refused body is never taken for a request", async () => {
    const { received, closed } = await dial(name, { apiKeys: ["sk-right"] });
    const hidden = head(`content-length: ${QUESTION.length}`, "authorization: Bearer sk-right") + QUESTION;
    socket.write(head(`content-length: ${hidden.length}`));
    await eventually(() => received() !== "");
    socket.write(hidden);
    await untilClosed(closed);
    expect(answersIn(received())).toEqual(["HTTP/1.1 401"]);
    expect(house.bedrock.requests).toEqual([]);
  });
});

it("a caller who stalls after the refusal does not keep the connection", async () => {
  const { received, closed } = await dial("node:http");
  socket.write(head(`content-length: ${20 * MIB}`));
  await untilClosed(closed);
  expect(received()).toContain("HTTP/1.1 413");
});
