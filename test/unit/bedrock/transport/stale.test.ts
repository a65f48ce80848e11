import type { ClientRequest } from "node:http";
import { EventEmitter } from "node:events";
import { afterEach, describe, expect, it, vi } from "vitest";
import { watchReuse } from "../../../../src/bedrock/transport/by-node/watch-reuse.ts";
import { isStale } from "../../../../src/bedrock/transport/stale.ts";

afterEach(() => vi.restoreAllMocks());

/** What a request on a kept socket fails with, after so many milliseconds. */
function failing(code: string, after: number): Error {
  let now = 1_000;
  vi.spyOn(performance, "now").mockImplementation(() => now);
  const request = new EventEmitter() as ClientRequest;
  watchReuse(request);
  now += after;
  const error = Object.assign(new Error(code), { code });
  request.on("error", () => undefined).emit("error", error);
  return error;
}

describe("a kept socket was stale", () => {
  it.each(["ECONNRESET", "EPIPE"])("when it says at once that it is closed: %s", (code) =>
    expect(isStale(failing(code, 30))).toBe(true),
  );

  it("not when it closes later: by then somebody has read the request, and may be at work on it", () =>
    expect(isStale(failing("ECONNRESET", 10_000))).toBe(false));

  it.each(["ETIMEDOUT", "ECONNREFUSED", "HPE_INVALID_CONSTANT"])(
    "not when something else fails: %s",
    (code) => expect(isStale(failing(code, 30))).toBe(false),
  );

  it("not when nothing was thrown that is an error", () => expect(isStale(undefined)).toBe(false));
});
