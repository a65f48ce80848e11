import { describe, expect, it } from "vitest";
import { withoutPaths } from "../../../src/conversation/additional-fields.ts";
import { createNotes } from "../../../src/reception/notes.ts";
import { decodeMetadata } from "../../../src/reception/metadata.ts";
import { chatRequest } from "../../../src/openai/chat-request.ts";
import { decodeNativeFields } from "../../../src/wires/request/parameters.ts";
import { metadataOf } from "../../../src/wires/messages/request/metadata.ts";

/** An object of hundreds of thousands of members costs as much again with every copy, while nobody else is answered. */
describe("a request of very many members", () => {
  const asked = { model: "m", messages: [{ role: "user", content: [{ type: "text", text: "q" }] }], k0: 1 };

  it("is not copied to be judged, where nothing in it becomes another", () => {
    expect(chatRequest.parse(asked)).toBe(asked);
  });

  it("gives its foreign keys to the model without a copy, where nothing is said beside them", () => {
    const foreign = { k0: 1 };
    expect(decodeNativeFields(chatRequest.parse(asked), foreign, {})).toBe(foreign);
    expect(decodeNativeFields(chatRequest.parse({ ...asked, top_k: 3 }), foreign, { thinking: 1 })).toEqual({
      k0: 1,
      top_k: 3,
      thinking: 1,
    });
  });

  it("is counted before it is put together: pairs of both names for metadata, each once", () => {
    const pairs = (from: number, count: number): Record<string, string> =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${from + index}`, "v"]));
    const decoded = (metadata: object, requestMetadata: object): object =>
      decodeMetadata(chatRequest.parse({ ...asked, metadata, requestMetadata }), createNotes());
    expect(Object.keys(decoded(pairs(0, 16), pairs(0, 16)))).toHaveLength(16);
    expect(() => decoded(pairs(0, 10), pairs(4, 13))).toThrow("but got 17 instead");
  });
});

describe("fields that a model refuses, of many", () => {
  it.each<[string, object, string[][], object]>([
    ["one after another", { a: 1, b: 2, c: 3 }, [["a"], ["c"]], { b: 2 }],
    [
      "within one object",
      { a: { b: 1, c: 2, d: 3 } },
      [
        ["a", "b"],
        ["a", "d"],
      ],
      { a: { c: 2 } },
    ],
    [
      "all within one object",
      { a: { b: 1, c: 2 }, d: 3 },
      [
        ["a", "b"],
        ["a", "c"],
      ],
      { d: 3 },
    ],
    ["an object and what is in it", { a: { b: 1, c: 2 } }, [["a", "b"], ["a"]], {}],
  ])("are left out: %s", (_, fields, paths, kept) => {
    const before = structuredClone(fields);
    expect(withoutPaths({ ...fields }, paths)).toEqual(kept);
    expect(fields).toEqual(before);
  });
});

it("what Anthropic's callers say of themselves is no pair of OpenAI's metadata", () => {
  expect(metadataOf({ user_id: "u", a: "b", c: 1, d: null })).toEqual({ user: "u", metadata: { a: "b" } });
  expect(metadataOf({ user_id: null, a: "b" })).toEqual({ metadata: { a: "b" } });
  expect(metadataOf(undefined)).toEqual({ metadata: {} });
});
