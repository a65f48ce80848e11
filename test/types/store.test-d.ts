import KeyvRedis, { createKeyv } from "@keyv/redis";
import { Keyv } from "keyv";
import { Keyv as Keyv6 } from "keyv6";
import { describe, expectTypeOf, it } from "vitest";
import type { BedrockOpenAIOptions } from "../../src/index.ts";

type Store = BedrockOpenAIOptions["store"];

describe("the option `store`", () => {
  it("takes a Keyv over any of its adapters, and the adapters themselves", () => {
    expectTypeOf(new Keyv()).toExtend<Store>();
    expectTypeOf(new Keyv6()).toExtend<Store>();
    expectTypeOf(new Keyv({ store: new Map() })).toExtend<Store>();
    expectTypeOf(new Keyv(new KeyvRedis("redis://localhost"))).toExtend<Store>();
    expectTypeOf(createKeyv("redis://localhost")).toExtend<Store>();
    expectTypeOf(new KeyvRedis("redis://localhost")).toExtend<Store>();
  });

  it("takes an object of your own, bounds, or false", () => {
    const own = {
      get: async (key: string): Promise<string | null> => key,
      set: async (_key: string, _value: string, _ttl?: number): Promise<void> => {},
      delete: async (_key: string): Promise<boolean> => true,
    };
    expectTypeOf(own).toExtend<Store>();
    expectTypeOf({ maxBytes: 1 }).toExtend<Store>();
    expectTypeOf<false>().toExtend<Store>();
    expectTypeOf<string>().not.toExtend<Store>();
    expectTypeOf<true>().not.toExtend<Store>();
  });
});
