import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { UNREAD_MS, watchReading } from "../../../src/http/unread.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("what waits for its reader too long is left, once", () => {
  const left: unknown[] = [];
  const reading = watchReading((reason) => void left.push(reason));
  reading.pause();
  vi.advanceTimersByTime(UNREAD_MS - 1);
  reading.resume();
  vi.advanceTimersByTime(UNREAD_MS);
  expect(left).toEqual([]);
  reading.pause();
  vi.advanceTimersByTime(2 * UNREAD_MS);
  expect(left).toEqual([expect.any(Error)]);
  expect(vi.getTimerCount()).toBe(0);
});
