import { describe, expect, it } from "vitest";
import { createResting } from "../../../src/bedrock/resting.ts";
import { BedrockOpenAIError } from "../../../src/errors.ts";

/** A clock that stands still, and whoever remembers by it. */
function watch() {
  let time = 1_000;
  return { resting: createResting(() => time), pass: (ms: number) => void (time += ms) };
}

const failure = (status: number, headers?: Record<string, string>) =>
  new BedrockOpenAIError(status, "no", { type: "x", cause: { $response: { headers } } });
const throttling = (headers?: Record<string, string>) => failure(429, headers);

describe("a target that is throttled", () => {
  it.each([
    [{ "retry-after": "7" }, 7_000],
    [{ "retry-after-ms": "300" }, 300],
    [{}, 2_000],
    [{ "retry-after": "soon" }, 2_000],
  ])("rests as long as AWS says: %j", (headers, ms) => {
    const { resting, pass } = watch();
    resting.failed("t", throttling(headers));
    pass(ms - 1);
    expect([resting.isResting("t"), resting.isResting("other")]).toEqual([true, false]);
    pass(1);
    expect(resting.isResting("t")).toBe(false);
  });

  it("rests twice as long each time that it goes on, up to a minute", () => {
    const { resting, pass } = watch();
    for (const seconds of [2, 4, 8, 16, 32, 60, 60]) {
      resting.failed("t", throttling());
      pass(seconds * 1_000 - 1);
      expect(resting.isResting("t")).toBe(true);
      pass(1);
      expect(resting.isResting("t")).toBe(false);
    }
  });

  it("rests no longer because many calls side by side heard of it", () => {
    const { resting, pass } = watch();
    for (let call = 0; call < 50; call += 1) resting.failed("t", throttling());
    pass(2_000);
    expect(resting.isResting("t")).toBe(false);
  });

  it("is asked by one when it may be back, while the others wait", () => {
    const { resting, pass } = watch();
    resting.failed("t", throttling());
    pass(2_000);
    expect(resting.isResting("t")).toBe(false);
    const since = resting.asked("t");
    expect(resting.isResting("t")).toBe(true);
    pass(100);
    resting.answered("t", since);
    expect(resting.isResting("t")).toBe(false);
    // And all is forgotten: the next time begins anew.
    resting.failed("t", throttling());
    pass(2_000);
    expect(resting.isResting("t")).toBe(false);
  });

  it("does not wait for ever for the one who asked", () => {
    const { resting, pass } = watch();
    resting.failed("t", throttling());
    pass(2_000);
    resting.asked("t");
    pass(60_000);
    expect(resting.isResting("t")).toBe(false);
  });

  it("lets another one ask where the first was no proof: its caller left, or was wrong", () => {
    for (const proof of [new Error("left"), failure(400)]) {
      const { resting, pass } = watch();
      resting.failed("t", throttling());
      pass(2_000);
      resting.asked("t");
      resting.failed("t", proof);
      expect(resting.isResting("t")).toBe(false);
    }
  });

  it("is not well again because a call that began before answers late", () => {
    const { resting, pass } = watch();
    const before = resting.asked("t");
    pass(10);
    resting.failed("t", throttling());
    pass(10);
    resting.answered("t", before);
    expect(resting.isResting("t")).toBe(true);
  });
});

describe("a target that fails", () => {
  it.each([500, 503, 504, 408, 401])("rests after three times in a row: %i", (status) => {
    const { resting, pass } = watch();
    resting.failed("t", failure(status));
    resting.failed("t", failure(status));
    expect(resting.isResting("t")).toBe(false);
    resting.failed("t", failure(status));
    pass(29_999);
    expect(resting.isResting("t")).toBe(true);
    pass(1);
    expect(resting.isResting("t")).toBe(false);
  });

  it.each([400, 403, 404])("is not rested by what a caller may have done: %i", (status) => {
    const { resting } = watch();
    for (let time = 0; time < 5; time += 1) resting.failed("t", failure(status));
    expect(resting.isResting("t")).toBe(false);
  });

  it("does not rest where it answers in between", () => {
    const { resting } = watch();
    for (let round = 0; round < 3; round += 1) {
      resting.failed("t", failure(503));
      resting.failed("t", failure(503));
      resting.answered("t", resting.asked("t"));
    }
    expect(resting.isResting("t")).toBe(false);
  });

  it("rests also where it begins to answer each time, and breaks off", () => {
    const { resting } = watch();
    for (let time = 0; time < 3; time += 1) {
      resting.begun("t", resting.asked("t"));
      resting.failed("t", failure(502));
    }
    expect(resting.isResting("t")).toBe(true);
  });

  it("is back among the others when it begins to answer, however long the answer takes", () => {
    const { resting, pass } = watch();
    for (let time = 0; time < 3; time += 1) resting.failed("t", failure(503));
    pass(30_000);
    const since = resting.asked("t");
    expect(resting.isResting("t")).toBe(true);
    resting.begun("t", since);
    expect(resting.isResting("t")).toBe(false);
  });

  it("rests again after one more failure, once it has rested", () => {
    const { resting, pass } = watch();
    for (let time = 0; time < 3; time += 1) resting.failed("t", failure(503));
    pass(30_000);
    resting.asked("t");
    resting.failed("t", failure(503));
    expect(resting.isResting("t")).toBe(true);
  });

  it("does not rest because of callers' mistakes", () => {
    const { resting } = watch();
    for (let time = 0; time < 9; time += 1) resting.failed("t", failure(400));
    expect(resting.isResting("t")).toBe(false);
  });

  it("is forgotten before the memory of targets grows without end", () => {
    const { resting } = watch();
    for (let each = 0; each < 5_000; each += 1) resting.failed(`t${each}`, throttling());
    expect([resting.isResting("t0"), resting.isResting("t4999")]).toEqual([false, true]);
  });
});
