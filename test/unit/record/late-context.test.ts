import { createContextKey, ROOT_CONTEXT } from "@opentelemetry/api";
import { expect, it } from "vitest";
import { lateContext } from "../../../src/record/telemetry/late-context.ts";

const key = createContextKey("a");
const other = createContextKey("b");

it("what runs in it sees what came into it later", () => {
  const late = lateContext(ROOT_CONTEXT);
  expect(late.getValue(key)).toBeUndefined();
  late.become(late.now().setValue(key, 1));
  expect(late.getValue(key)).toBe(1);
});

it("what was made of it stays as it was made", () => {
  const late = lateContext(ROOT_CONTEXT.setValue(key, 1));
  const made = late.setValue(other, 2);
  const bare = late.deleteValue(key);
  late.become(ROOT_CONTEXT);
  expect([made.getValue(key), made.getValue(other)]).toEqual([1, 2]);
  expect([bare.getValue(key), late.getValue(key)]).toEqual([undefined, undefined]);
});
