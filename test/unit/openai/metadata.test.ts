import { describe, expect, it } from "vitest";
import { metadata, metadataUpdate } from "../../../src/openai/metadata.ts";

const pairs = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, "v"]));

describe("metadata of what is kept", () => {
  it.each<[string, object]>([
    ["none", {}],
    ["16 pairs", pairs(16)],
    ["a key of 64 characters", { ["k".repeat(64)]: "" }],
    ["a value of 512 characters", { k: "v".repeat(512) }],
    ["names of objects' own", { constructor: "a", toString: "b" }],
  ])("takes %s", (_, value) => {
    expect(metadata.parse(value)).toEqual(value);
  });

  it.each<[string, unknown, string]>([
    ["17 pairs", pairs(17), "too many properties"],
    ["a key of 65 characters", { ["k".repeat(65)]: "" }, "a key is too long"],
    ["a value of 513 characters", { k: "v".repeat(513) }, "a value is too long"],
    ["a number", { k: 1 }, "expected string"],
    ["a list", [], "expected object"],
  ])("refuses %s", (_, value, reason) => {
    expect(metadata.safeParse(value).error?.issues[0]?.message).toContain(reason);
  });

  it("is emptied by null, and not by saying nothing", () => {
    expect(metadataUpdate.safeParse({ metadata: null }).success).toBe(true);
    expect(metadataUpdate.safeParse({}).success).toBe(false);
  });
});
