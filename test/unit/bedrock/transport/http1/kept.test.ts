import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "../../../../support/bedrock.ts";
import { askerOf, say, whole } from "../../../../support/network/ask-over-http1.ts";
import { textOf } from "../../../../support/network/text-of.ts";
import { STAND_IN } from "../../../../support/network/certificates.ts";
import { trustStandIn } from "../../../../support/network/http2-host.ts";
import { type Act, type Line, openRawServer, type RawServer } from "../../../../support/raw-server.ts";

beforeAll(trustStandIn);
let server: RawServer;
afterEach(() => server.close());

const DONE = say(whole("done"));

describe.each([
  ["plain", undefined],
  ["TLS", STAND_IN],
])("a connection that has served (%s)", (_, tls) => {
  const opened = async (otherwise: Act = DONE): Promise<RawServer> =>
    (server = await openRawServer(otherwise, tls));

  it("serves again, after each kind of answer that tells its end", async () => {
    await opened();
    server.next(
      say(whole("")),
      say("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\ndone\r\n0\r\nx: y\r\n\r\n"),
      say("HTTP/1.1 204 x\r\n\r\n"),
      say("HTTP/1.1 100 x\r\n\r\nHTTP/1.0 200 OK\r\nconnection: keep-alive\r\ncontent-length: 4\r\n\r\ndone"),
      say(whole("done", "keep-alive: timeout=20\r\n")),
    );
    const { text } = await askerOf(server);
    const told = [];
    for (let turn = 0; turn < 6; turn += 1) told.push(await text({ body: "{}" }));
    expect(told).toEqual(["", "done", "", "done", "done", "done"]);
    expect({ requests: server.requests, connections: server.connections }).toEqual({
      requests: 6,
      connections: 1,
    });
  });

  it("serves next if it was the last to do so: those of a busy hour come to rest", async () => {
    const lines: Line[] = [];
    await opened((line) => lines.push(line) < 0);
    const { text } = await askerOf(server);
    const serve = async (index: number): Promise<void> => {
      const { socket } = lines[index]!;
      socket.write(whole("done"));
      await asked[index];
    };
    const asked = [text(), text(), text()];
    await eventually(() => lines.length === 3);
    for (const index of [2, 0, 1]) await serve(index);
    const last = lines[1]!.connection;
    for (const turn of [3, 4]) {
      asked.push(text());
      await eventually(() => lines.length > turn);
      expect(lines[turn]!.connection).toBe(last);
      await serve(turn);
    }
  });

  it("serves nobody else while it serves", async () => {
    const lines: Line[] = [];
    await opened((line) => lines.push(line) < 0);
    const { begin } = await askerOf(server);
    const asked = [begin(), begin()];
    await eventually(() => lines.length === 2);
    for (const { socket, path } of lines) socket.write(whole(path));
    await Promise.all(asked.map(async (each) => textOf((await each).body)));
    expect(server.connections).toBe(2);
  });

  it("ends when nobody has wanted it for a while", async () => {
    await opened();
    const { text } = await askerOf(server, { idle: 30 });
    await Promise.all([text(), text()]);
    await eventually(() => server.open === 0);
    expect(await text()).toBe("done");
  });

  it.each([
    ["says that it closes", whole("done", "connection: close\r\n")],
    ["speaks HTTP/1.0", "HTTP/1.0 200 OK\r\ncontent-length: 4\r\n\r\ndone"],
    ["says more than its answer", `${whole("done")}HTTP/1.1 200 OK\r\n\r\n`],
    [
      "says more than its chunks",
      "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\ndone\r\n0\r\n\r\n\r\n",
    ],
    ["turns out to be of another mind", whole("done", "Connection: Keep-Alive\r\nConnection: Close\r\n")],
  ])("serves nobody else where the other end %s", async (_, bytes) => {
    await opened();
    server.next(say(bytes));
    const { text } = await askerOf(server);
    expect(await text()).toBe("done");
    await eventually(() => server.open === 0);
    expect(await text()).toBe("done");
    expect(server.connections).toBe(2);
  });

  it("serves nobody else where the other end may close by then", async () => {
    await opened();
    server.next(say(whole("done", "keep-alive: timeout=1, max=100\r\n")));
    const { text } = await askerOf(server);
    for (const _ of [1, 2, 3]) expect(await text()).toBe("done");
    expect({ connections: server.connections, requests: server.requests }).toEqual({
      connections: 2,
      requests: 3,
    });
  });

  it("serves nobody else where its answer came before the request was read: the rest of that is in the way", async () => {
    await opened();
    server.next(({ socket }) => {
      socket.pause();
      socket.write(whole("too large"));
      return false;
    });
    const { text } = await askerOf(server);
    expect(await text({ body: Buffer.alloc(32_000_000) })).toBe("too large");
    expect(await text()).toBe("done");
    expect(server.connections).toBe(2);
  });

  it.each<[string, (line: Line) => void]>([
    ["a byte comes that nobody has asked for", ({ socket }) => void socket.write("\n")],
    ["a whole answer comes that nobody has asked for", ({ socket }) => void socket.write(whole("evil"))],
    ["the other end closes", ({ socket }) => void socket.end()],
    ["the other end resets", ({ reset }) => reset()],
  ])("serves nobody else where %s while it rests", async (_, act) => {
    await opened();
    let resting: Line | undefined;
    server.next((line) => {
      resting = line;
      return DONE(line);
    });
    const { text } = await askerOf(server);
    await text();
    act(resting!);
    await eventually(() => server.open === 0);
    expect(await text()).toBe("done");
    expect({ connections: server.connections, requests: server.requests }).toEqual({
      connections: 2,
      requests: 2,
    });
  });
});

it("hosts do not share connections, nor does one host on two ports", async () => {
  server = await openRawServer(say(whole("one")));
  const other = await openRawServer(say(whole("other")));
  const asked = await askerOf(server);
  const askedElsewhere = await askerOf(other);
  const told = [await asked.text(), await askedElsewhere.text(), await asked.text()];
  await other.close();
  expect(told).toEqual(["one", "other", "one"]);
});
