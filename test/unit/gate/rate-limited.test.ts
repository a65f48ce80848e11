import { expect, it } from "vitest";
import { rateLimited, toDuration } from "../../../src/gate/rate-limited.ts";

it.each([
  [-5, "0s"],
  [0, "0s"],
  [17, "17ms"],
  [16.2, "17ms"],
  [1_000, "1s"],
  [1_450, "1.5s"],
  [59_950, "1m0s"],
  [360_000, "6m0s"],
])("%d ms are OpenAI's %s", (ms, text) => {
  expect(toDuration(ms)).toBe(text);
});

it.each([
  [0.5, "1ms", "1", "1"],
  [1_500, "1.5s", "2", "1500"],
  [65_001, "65.1s", "66", "65001"],
])(
  "a wait of %d ms is said in every place where clients look, and never too short",
  (ms, words, seconds, exact) => {
    const error = rateLimited("No.", ms);
    expect(error.message).toBe(`No. Please try again in ${words}.`);
    expect(error.headers).toEqual({ "retry-after": seconds, "retry-after-ms": exact });
  },
);
