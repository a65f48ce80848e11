import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSeal } from "../../../src/store/seal.ts";

const SECRET = "a secret of at least thirty-two characters";
const seal = createSeal(SECRET);
const BLOCKS = { blocks: [{ reasoningText: { text: "först 🤔", signature: "c2ln" } }] };
const sealed = seal.seal("reasoning", "id:alice", BLOCKS);

describe("what a caller carries for us", () => {
  it("comes back as it was, in another process of the same secret too", () => {
    for (const each of [seal, createSeal(SECRET)])
      expect(each.open("reasoning", "id:alice", sealed)).toEqual({ value: BLOCKS });
  });

  it("whatever JSON it is", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), fc.string(), (value, purpose, owner) => {
        const opened = seal.open(purpose, owner, seal.seal(purpose, owner, value));
        expect(opened).toEqual({ value: JSON.parse(JSON.stringify(value)) });
      }),
    );
  });

  it("cannot be read on the way, nor told from another text of its length", () => {
    expect(Buffer.from(sealed.split(".")[2]!, "base64url").toString("latin1")).not.toContain("reasoningText");
    expect(seal.seal("reasoning", "id:alice", BLOCKS)).not.toBe(sealed);
  });

  it("holds only what headers, JSON and URLs hold", () => {
    expect(sealed).toMatch(/^bo1\.[\w-]{8}\.[\w-]+$/);
  });
});

describe("what was tampered with is forged, never believed", () => {
  const ours = sealed.slice(0, sealed.lastIndexOf(".") + 1);
  const text = sealed.slice(ours.length);

  it("each bit of it", () => {
    const bytes = Buffer.from(text, "base64url");
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const flipped = Buffer.from(bytes);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      expect(seal.open("reasoning", "id:alice", ours + flipped.toString("base64url"))).toBe("forged");
    }
  });

  it("each cut of it", () => {
    for (let length = 0; length < text.length; length += 1)
      expect(seal.open("reasoning", "id:alice", ours + text.slice(0, length))).toBe("forged");
  });

  it.each([
    ["a second form of the same bytes", (text: string) => `${text}=`],
    ["letters that base64 skips", (text: string) => `${text.slice(0, 9)}\n!${text.slice(9)}`],
    ["another text behind it", (text: string) => text + text],
    ["a null byte", (text: string) => `${text}\0`],
    ["half a character", (text: string) => `${text}\ud83d`],
  ])("%s", (_, change) => {
    expect(seal.open("reasoning", "id:alice", ours + change(text))).toBe("forged");
  });

  it("in linear time, however long", () => {
    expect(seal.open("reasoning", "id:alice", ours + "A".repeat(4_000_000))).toBe("forged");
  });
});

describe("what is another's", () => {
  it.each([
    ["another caller's", "reasoning", "id:bob"],
    ["a caller's whose name begins alike", "reasoning", "id:alice2"],
    ["of another purpose", "compaction", "id:alice"],
    // Without a fence between them `reasoning` + `id:alice` would be the same text.
    ["of another border between purpose and owner", "reasoningid", ":alice"],
  ])("%s is forged", (_, purpose, owner) => {
    expect(seal.open(purpose, owner, sealed)).toBe("forged");
  });

  it.each([
    ["OpenAI's", "gAAAAABocXlm8m0b"],
    ["nothing", ""],
    ["a later form of ours", sealed.replace("bo1.", "bo2.")],
    [
      "of another secret",
      createSeal("another secret of thirty-two characters").seal("reasoning", "id:alice", 1),
    ],
    ["of a process without a secret", createSeal().seal("reasoning", "id:alice", 1)],
  ])("%s is foreign: it is left out, and no caller refused for it", (_, text) => {
    expect(seal.open("reasoning", "id:alice", text)).toBe("foreign");
  });

  it("two processes without a secret do not know each other's", () => {
    expect(createSeal().open("reasoning", "id:alice", createSeal().seal("reasoning", "id:alice", 1))).toBe(
      "foreign",
    );
  });
});
