import http from "node:http";
import https from "node:https";
import { afterEach, expect, it, vi } from "vitest";
import {
  createRequestHandler,
  type RequestHandler,
} from "../../../../../src/bedrock/transport/request-handler.ts";

afterEach(() => vi.restoreAllMocks());

// Guards against hosts that nobody is to reach, for one, and what binds or records connections.
it.each([
  ["http:", http.Agent.prototype],
  ["https:", https.Agent.prototype],
])("whoever makes the connections of all of Node's agents makes ours: %s", async (protocol, agents) => {
  vi.spyOn(agents as unknown as { createConnection(): never }, "createConnection").mockImplementation(() => {
    throw new Error("not this host");
  });
  const { handle } = await createRequestHandler();
  const request = { method: "GET", protocol, hostname: "127.0.0.1", port: 1, path: "/", headers: {} };
  const answer = handle(request as unknown as Parameters<RequestHandler["handle"]>[0]);
  await expect(answer).rejects.toThrow("not this host");
});
