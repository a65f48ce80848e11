import { expect, it } from "vitest";
import { digest, digestsOf, isAmong } from "../../../src/gate/digests.ts";

it("looks at all of every key, however early it has found one or a difference", async () => {
  let looked = 0;
  const counting = (bytes: Uint8Array): Uint8Array =>
    new Proxy(bytes, {
      get(target, name) {
        if (name !== "entries") return Reflect.get(target, name) as unknown;
        return function* entries() {
          for (const entry of target.entries()) {
            looked += 1;
            yield entry;
          }
        };
      },
    });
  const keys = (await digestsOf(["sk-one", "sk-two", "sk-three"])).map(counting);
  const effort: number[] = [];
  for (const key of ["sk-one", "sk-three", "sk-none", ""]) {
    looked = 0;
    isAmong(keys, await digest(key));
    effort.push(looked);
  }
  expect(effort).toEqual([96, 96, 96, 96]);
});

it("knows its keys and no others", async () => {
  const keys = await digestsOf(["sk-one", "sk-two"]);
  const known = await Promise.all(["sk-one", "sk-two", "sk-on", "sk-one0", ""].map(digest));
  expect(known.map((key) => isAmong(keys, key))).toEqual([true, true, false, false, false]);
});
