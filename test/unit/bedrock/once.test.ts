import { expect, it } from "vitest";
import { once } from "../../../src/bedrock/once.ts";

it("makes one thing for everybody who asks at once", async () => {
  let made = 0;
  const get = once(async () => (made += 1));
  expect(await Promise.all([get(), get(), get()])).toEqual([1, 1, 1]);
});

it("does not remember a failure for ever", async () => {
  let tries = 0;
  const get = once(async () => {
    tries += 1;
    if (tries === 1) throw new Error("not yet");
    return "made";
  });
  await expect(get()).rejects.toThrow("not yet");
  expect(await get()).toBe("made");
});
