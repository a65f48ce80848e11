import { describe, expect, it } from "vitest";
import { decodeTokens } from "../../../src/tokens/decode-tokens.ts";

const bounds = { maxChars: 1_000 };
const missing = (name: string) => async (): Promise<never> => {
  throw Object.assign(new Error(`Cannot find package '${name}'`), { code: "ERR_MODULE_NOT_FOUND" });
};

describe("token ids", () => {
  it("are read as cl100k_base, in the order of their lists", async () => {
    const lists = [
      { ids: [9906, 1917], at: "prompt[0]" },
      { ids: [3574, 244, 98220], at: "prompt[1]" },
    ];
    expect(await decodeTokens(lists, bounds)).toEqual(["Hello world", "世界"]);
  });

  it("load no tokenizer where there are none", async () => {
    expect(await decodeTokens([], { ...bounds, load: missing("gpt-tokenizer") })).toEqual([]);
  });

  it.each([[999_999], [100_256]])("that are none are the caller's fault: %d", async (id) => {
    await expect(decodeTokens([{ ids: [9906, id], at: "prompt" }], bounds)).rejects.toMatchObject({
      status: 400,
      param: "prompt",
      message: expect.stringContaining("cl100k_base"),
    });
  });

  it("name the missing package, since only the operator can mend that", async () => {
    const decoding = decodeTokens([{ ids: [1], at: "prompt" }], {
      ...bounds,
      load: missing("gpt-tokenizer"),
    });
    await expect(decoding).rejects.toMatchObject({
      status: 400,
      param: "prompt",
      message: expect.stringContaining("'gpt-tokenizer'"),
    });
  });

  it("do not blame the caller for a tokenizer that is broken", async () => {
    const decoding = decodeTokens([{ ids: [1], at: "prompt" }], {
      ...bounds,
      load: missing("something-else"),
    });
    await expect(decoding).rejects.toThrow("something-else");
    await expect(decoding).rejects.not.toHaveProperty("status");
  });

  it("are read as they would be alone, whatever half a character came before them", async () => {
    const decoded = async (...lists: number[][]): Promise<string[]> =>
      decodeTokens(
        lists.map((ids) => ({ ids, at: "prompt" })),
        bounds,
      );
    const half = [3574];
    const rest = [244, 98220];
    expect(await decoded(half, rest, [9906])).toEqual(["\ufffd", "\ufffd界", "Hello"]);
    expect(await decoded([...rest, ...half])).toEqual(["\ufffd界\ufffd"]);
    await expect(decoded([...half, 999_999])).rejects.toMatchObject({ status: 400 });
    expect(await decoded(rest)).toEqual(["\ufffd界"]);
  });

  it("are read where a character lies in two pieces of a long list", async () => {
    const ids = Array.from({ length: 4000 }, (_, index) => [9906, 3574, 244][index % 3]!);
    const [text] = await decodeTokens([{ ids, at: "prompt" }], { maxChars: 100_000 });
    expect(text).toBe(`${"Hello世".repeat(1333)}Hello`);
  });

  // It would take minutes if its cost grew faster than it does.
  it("are read in no time where a million of them are no characters", async () => {
    const lists = [{ ids: Array.from({ length: 1_000_000 }, () => 100), at: "prompt" }];
    const [text] = await decodeTokens(lists, { maxChars: 1_000_000 });
    expect(text).toBe("\ufffd".repeat(1_000_000));
  });

  it("may not stand for more text than a body could hold, all lists together", async () => {
    const ids = Array.from({ length: 100 }, () => 9906);
    const one = { ids, at: "prompt[0]" };
    const two = { ids, at: "prompt[1]" };
    expect(await decodeTokens([one], { maxChars: 500 })).toEqual(["Hello".repeat(100)]);
    await expect(decodeTokens([one, two], { maxChars: 999 })).rejects.toMatchObject({
      status: 400,
      param: "prompt[1]",
    });
  });
});
