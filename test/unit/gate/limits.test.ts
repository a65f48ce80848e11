import { describe, expect, it } from "vitest";
import type { CallerLimits } from "../../../src/gate/caller.ts";
import { createLimits } from "../../../src/gate/limits.ts";
import { createRecord } from "../../../src/record/record.ts";

/** A clock that is turned by hand, and calls of one caller or several. */
function bench() {
  let clock = 1_000;
  const hold = createLimits(() => clock);
  const call = (limits: CallerLimits, { id = "ada", tokens = 0 } = {}) => {
    const ends: (() => void)[] = [];
    const headers: Record<string, string> = {};
    const record = createRecord();
    if (tokens > 0) record.tokens = { ...none, input: tokens };
    try {
      hold({ caller: { id, limits }, headers, record, atEnd: (end) => void ends.push(end) });
      const end = (): void => {
        for (const each of ends.splice(0)) each();
      };
      return { headers, error: undefined, end };
    } catch (error) {
      return { headers, error: error as { headers: Record<string, string> }, end: () => undefined };
    }
  };
  return { call, pass: (ms: number) => (clock += ms) };
}

const none = { input: 0, output: 0, cached: 0, written: 0, writtenForAnHour: 0, reasoning: 0 };

describe("requests per minute", () => {
  it("come back evenly, and the answer says when to the millisecond", () => {
    const { call, pass } = bench();
    const limits = { requestsPerMinute: 3 };
    const calls = Array.from({ length: 3 }, () => call(limits));
    expect(calls.map(({ headers }) => headers["x-ratelimit-remaining-requests"])).toEqual(["2", "1", "0"]);
    expect(calls[2]!.headers).toMatchObject({
      "x-ratelimit-limit-requests": "3",
      "x-ratelimit-reset-requests": "1m0s",
    });
    const refused = call(limits);
    expect(refused.error).toMatchObject({ status: 429, code: "rate_limit_exceeded" });
    expect(refused.error!.headers).toMatchObject({ "retry-after": "20", "retry-after-ms": "20000" });
    expect(refused.error).toMatchObject({
      message: expect.stringMatching(/Limit 3\. Please try again in 20s\.$/),
    });
    pass(19_999);
    expect(call(limits).error!.headers["retry-after-ms"]).toBe("1");
    pass(1);
    expect(call(limits).error).toBeUndefined();
    expect(call(limits).error).toBeDefined();
  });

  it("are not used up by what was refused", () => {
    const { call, pass } = bench();
    call({ requestsPerMinute: 1 });
    for (let round = 0; round < 100; round += 1) call({ requestsPerMinute: 1 });
    pass(60_000);
    expect(call({ requestsPerMinute: 1 }).error).toBeUndefined();
  });

  it("are each caller's own", () => {
    const { call } = bench();
    expect(call({ requestsPerMinute: 1 }, { id: "ada" }).error).toBeUndefined();
    expect(call({ requestsPerMinute: 1 }, { id: "bob" }).error).toBeUndefined();
    expect(call({ requestsPerMinute: 1 }, { id: "ada" }).error).toBeDefined();
  });

  it("do not pile up over a long silence", () => {
    const { call, pass } = bench();
    call({ requestsPerMinute: 2 });
    pass(3_600_000);
    const errors = [1, 2, 3].map(() => call({ requestsPerMinute: 2 }).error !== undefined);
    expect(errors).toEqual([false, false, true]);
  });
});

describe("tokens per minute", () => {
  const limits = { tokensPerMinute: 600 };

  it("are counted when a call is over; the one that goes beyond is the last", () => {
    const { call, pass } = bench();
    const first = call(limits, { tokens: 700 });
    expect(first.headers["x-ratelimit-remaining-tokens"]).toBe("600");
    expect(call(limits).error).toBeUndefined();
    first.end();
    const refused = call(limits);
    // 100 owed and one to have, at ten a second.
    expect(refused.error!.headers["retry-after-ms"]).toBe("10100");
    expect(refused.headers).toMatchObject({
      "x-ratelimit-limit-tokens": "600",
      "x-ratelimit-remaining-tokens": "0",
    });
    pass(10_100);
    expect(call(limits).error).toBeUndefined();
  });

  it("lock nobody out for longer than a minute, whatever one call cost", () => {
    const { call, pass } = bench();
    call(limits, { tokens: 1_000_000 }).end();
    expect(Number(call(limits).error!.headers["retry-after"])).toBeLessThanOrEqual(61);
    pass(61_000);
    expect(call(limits).error).toBeUndefined();
  });
});

describe("calls at the same time", () => {
  it("are given back when a call is over, once", () => {
    const { call } = bench();
    const limits = { concurrency: 2 };
    const [first, second] = [call(limits), call(limits)];
    expect(call(limits).error).toMatchObject({ status: 429 });
    first.end();
    first.end();
    const third = call(limits);
    expect([third.error, call(limits).error !== undefined]).toEqual([undefined, true]);
    second.end();
    third.end();
    expect([call(limits).error, call(limits).error]).toEqual([undefined, undefined]);
  });

  it("take nothing of the other bounds where there is no room", () => {
    const { call } = bench();
    const limits = { concurrency: 1, requestsPerMinute: 2 };
    const first = call(limits);
    for (let round = 0; round < 10; round += 1) expect(call(limits).error).toBeDefined();
    first.end();
    expect(call(limits).error).toBeUndefined();
  });
});

describe("callers that are remembered", () => {
  it("are bounded, and one that is being answered is not forgotten", () => {
    const { call } = bench();
    const busy = call({ concurrency: 1 }, { id: "busy" });
    for (let at = 0; at < 30_000; at += 1) call({ concurrency: 1 }, { id: `id-${at}` }).end();
    expect(call({ concurrency: 1 }, { id: "busy" }).error).toBeDefined();
    busy.end();
    expect(call({ concurrency: 1 }, { id: "busy" }).error).toBeUndefined();
  });
});
