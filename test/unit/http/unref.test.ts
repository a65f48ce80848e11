import { afterEach, expect, it, vi } from "vitest";
import { Connections } from "../../../src/bedrock/transport/http1/connections.ts";
import { unref } from "../../../src/http/unref.ts";

afterEach(() => void vi.unstubAllGlobals());

it("a timer of Node's keeps no process alive", () => {
  const timer = unref(setTimeout(() => undefined, 60_000));
  expect(timer.hasRef()).toBe(false);
  clearTimeout(timer);
});

it("a connection comes to rest also where timers are a browser's, which are numbers", () => {
  vi.stubGlobal("setInterval", () => 7);
  const connections = new Connections(
    { protocol: "http:", host: "127.0.0.1", port: 9 },
    { connect: 1_000, idle: 60_000 },
  );
  const connection = connections.open();
  expect(() => connections.onRest(connection, { headers: {} } as never)).not.toThrow();
  connection.destroy();
});
